import type { CardDocument } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, PersonaId, SceneId } from '#core/ids.ts'
import type { StoryDraft } from '#core/story/story-draft.ts'
import { adoptStory } from '#core/story/story-draft.ts'
import type { KeptScene, LineSpeaker, SceneLine } from './kept-scene.ts'

/** A line of a file, its people by the file's own keys. */
export interface DraftLine extends Pick<Turn, 'raw' | 'dialect'> {
  readonly speaker:
    | { readonly kind: 'user' | 'environment' }
    | { readonly kind: 'character'; readonly characterKey: string }
  readonly whisperToKeys?: readonly string[]
}

/** A character of a file: with its card, or as one that comes with the app. */
export type DraftCharacter = {
  readonly key: string
  /** What it alone has on its mind in this scene. */
  readonly secret?: string
  /** What the others see of it in this scene, in the place of what its card says. */
  readonly appearance?: string
} & (
  | {
      readonly card: CardDocument
      readonly bundled?: undefined
      /** A picture that was looked at and can be shown. */
      readonly portrait?: { readonly type: string; readonly bytes: Uint8Array }
      /** OKLCH degrees. */
      readonly hue?: number
    }
  /** The folder it is in under `characters/`. */
  | { readonly bundled: string }
)

/** A scene as a file tells it, before it is anyone's: its keys mean something only within that file. */
export interface SceneDraft extends Pick<KeptScene, 'title' | 'about' | 'scenario' | 'book'> {
  /** In the order of the cast. */
  readonly characters: readonly DraftCharacter[]
  readonly presentKeys?: readonly string[]
  readonly userPlaysKey?: string
  readonly persona?: { readonly name: string; readonly description: string }
  readonly opening: readonly DraftLine[]
  readonly reference?: readonly DraftLine[]
  /** What was played, where that came along. */
  readonly story?: StoryDraft
}

/** What a draft needs to become a scene of this library. */
export interface SceneAdoption {
  readonly sceneId: SceneId
  /** A character of the library for each key of the draft; no two keys have the same. */
  readonly characterIds: ReadonlyMap<string, CharacterId>
  readonly personaId?: PersonaId
  readonly now: number
}

/** The row of a scene made from a draft. Lines of nobody in its cast are told by the environment. */
export function adoptScene(draft: SceneDraft, { sceneId, characterIds, personaId, now }: SceneAdoption): KeptScene {
  const { title, about, scenario, book, characters, presentKeys, userPlaysKey } = draft
  const idsOf = (keys: readonly string[]) => [...new Set(keys.flatMap((key) => characterIds.get(key) ?? []))]
  const adoptLine = ({ speaker, raw, dialect, whisperToKeys }: DraftLine): SceneLine => ({
    speaker: adoptSpeaker(speaker, characterIds),
    raw,
    dialect,
    ...(whisperToKeys && { whisperTo: idsOf(whisperToKeys) }),
  })
  const textsOf = (field: 'secret' | 'appearance') => {
    const texts = characters.flatMap((one) => {
      const id = characterIds.get(one.key)
      return one[field] && id ? [[id, one[field]] as const] : []
    })
    return texts.length > 0 ? Object.fromEntries(texts) : undefined
  }
  const [secrets, appearances] = [textsOf('secret'), textsOf('appearance')]
  const userPlays = userPlaysKey === undefined ? undefined : characterIds.get(userPlaysKey)
  return {
    id: sceneId,
    title,
    about,
    ...(book !== undefined && { book }),
    scenario,
    cast: idsOf(characters.map(({ key }) => key)),
    ...(presentKeys && { present: idsOf(presentKeys) }),
    ...(secrets && { secrets }),
    ...(appearances && { appearances }),
    ...(userPlays && { userPlays }),
    ...(personaId && { personaId }),
    opening: draft.opening.map(adoptLine),
    ...(draft.reference && { reference: draft.reference.map(adoptLine) }),
    origin: 'imported',
    createdAt: now,
    updatedAt: now,
  }
}

function adoptSpeaker(speaker: DraftLine['speaker'], characterIds: ReadonlyMap<string, CharacterId>): LineSpeaker {
  if (speaker.kind !== 'character') return speaker
  const characterId = characterIds.get(speaker.characterKey)
  return characterId ? { kind: 'character', characterId } : { kind: 'environment' }
}

/** The chat that came along with a scene, as rows; nothing where none did, or nobody in it could be played with. */
export function adoptSceneStory(
  { story }: SceneDraft,
  scene: KeptScene,
  adoption: Pick<SceneAdoption, 'characterIds' | 'personaId' | 'now'> & {
    readonly conversationId: ConversationId
    readonly createId: () => string
  },
): ReturnType<typeof adoptStory> | undefined {
  const characterId = scene.cast.find((id) => id !== scene.userPlays)
  if (!story || !characterId) return undefined
  const { conversation, ...rows } = adoptStory(story, { ...adoption, characterId })
  return {
    ...rows,
    conversation: {
      ...conversation,
      cast: conversation.cast ?? scene.cast,
      sceneId: scene.id,
      ...(scene.scenario !== '' && { scenario: scene.scenario }),
      ...(scene.secrets && { secrets: scene.secrets }),
      ...(scene.appearances && { appearances: scene.appearances }),
      updatedAt: adoption.now,
    },
  }
}
