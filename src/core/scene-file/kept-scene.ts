import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, PersonaId, SceneId } from '#core/ids.ts'

/** Who says a line of a scene: one of its cast, the environment, or whoever the reader is. */
export type LineSpeaker =
  | { readonly kind: 'user' }
  | { readonly kind: 'environment' }
  | { readonly kind: 'character'; readonly characterId: CharacterId }

/** A line that was written before the scene is played. */
export interface SceneLine extends Pick<Turn, 'raw' | 'dialect' | 'whisperTo'> {
  readonly speaker: LineSpeaker
}

/** A scene that is written and not yet played: a chat is begun from it as often as one likes. */
export interface KeptScene {
  readonly id: SceneId
  readonly title: string
  /** What it is about, in a line or two, for whoever chooses among scenes. In no prompt. */
  readonly about: string
  readonly book?: string
  /** Where and when it plays. Every character is told. */
  readonly scenario: string
  /** Everyone who has a part in it, in their order. */
  readonly cast: readonly CharacterId[]
  /** Who is there when it begins; everyone, where that is not said. */
  readonly present?: readonly CharacterId[]
  /** What one of them has on its mind and nobody else knows of. */
  readonly secrets?: Readonly<Record<CharacterId, string>>
  /** What the others see of one of them, in the place of what its card says: a disguise, or a stranger's first look. */
  readonly appearances?: Readonly<Record<CharacterId, string>>
  /** Whom the reader plays, where the scene is made for that. */
  readonly userPlays?: CharacterId
  readonly personaId?: PersonaId
  /** What has been said when it begins. */
  readonly opening: readonly SceneLine[]
  /** How it went in its book: to read beside it, or to begin from a place in it. In no prompt until it is played from. */
  readonly reference?: readonly SceneLine[]
  readonly origin: 'authored' | 'imported'
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt?: number
}

/** A scene nobody has written anything into. */
export const emptyScene = {
  title: '',
  about: '',
  scenario: '',
  cast: [],
  opening: [],
} as const satisfies Partial<KeptScene>

type Written = Omit<KeptScene, 'id' | 'origin' | 'createdAt' | 'updatedAt' | 'deletedAt'>

/** What of a scene its author changes; what is undefined is taken out. */
export type SceneEdit = { readonly [Key in keyof Written]?: Written[Key] | undefined }

/** A scene with what was changed in it, without texts of its characters that say nothing. */
export function withEdit(scene: KeptScene, edit: SceneEdit): KeptScene {
  const edited = { ...scene, ...edit }
  const parts = { ...edited, secrets: filled(edited.secrets), appearances: filled(edited.appearances) }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as KeptScene
}

function filled(texts: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(texts).filter(([, text]) => text !== '')
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
