import type { Conversation } from '#core/conversation/conversation.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import type { KeptScene, LineSpeaker, SceneLine } from './kept-scene.ts'

/** How a scene is begun. */
export interface Beginning {
  /** Whom of the cast the reader plays, instead of a persona. */
  readonly userPlays?: CharacterId
  readonly personaId?: PersonaId
  /** So many lines of how it went in its book have been said; the scene's own opening, where none have. */
  readonly referenceLines?: number
  readonly conversationId: ConversationId
  /** Ids sort by the order in which they are made. */
  readonly createId: () => string
  readonly now: number
}

/** The rows of a chat that begins with what a scene has before it is played. */
export function beginScene(
  scene: Omit<KeptScene, 'id' | 'origin' | 'createdAt' | 'updatedAt'> & Partial<Pick<KeptScene, 'id'>>,
  { userPlays, personaId, referenceLines = 0, conversationId, createId, now }: Beginning,
): { readonly conversation: Conversation; readonly turns: readonly Turn[] } {
  const characterId = scene.cast.find((each) => each !== userPlays)
  if (!characterId) throw new Error('A scene needs somebody to play with')
  const fromBook = (scene.reference ?? []).slice(0, referenceLines)
  const lines: readonly SceneLine[] = fromBook.length > 0 ? fromBook : scene.opening
  const turns: Turn[] = []
  for (const { speaker, raw, dialect, whisperTo } of lines) {
    if (raw.trim() === '') continue
    turns.push({
      id: createId() as TurnId,
      conversationId,
      parentId: turns.at(-1)?.id ?? null,
      speaker: toSpeaker(speaker, userPlays, personaId),
      dialect,
      raw,
      // What a book says may hold braces, and means them.
      ...(fromBook.length === 0 && { template: true }),
      ending: 'complete',
      present: scene.present ?? scene.cast,
      ...(whisperTo && { whisperTo }),
      createdAt: now,
    })
  }
  const conversation: Conversation = {
    id: conversationId,
    characterId,
    cast: scene.cast,
    ...(userPlays && { userPlays }),
    ...(scene.id && { sceneId: scene.id }),
    ...(scene.scenario.trim() !== '' && { scenario: scene.scenario }),
    ...(scene.secrets && { secrets: scene.secrets }),
    ...(scene.appearances && { appearances: scene.appearances }),
    ...(personaId && { personaId }),
    title: scene.title,
    headId: turns.at(-1)?.id ?? null,
    createdAt: now,
    updatedAt: now,
  }
  return { conversation, turns }
}

function toSpeaker(
  speaker: LineSpeaker,
  userPlays: CharacterId | undefined,
  personaId: PersonaId | undefined,
): Speaker {
  if (speaker.kind !== 'user') return speaker
  if (userPlays) return { kind: 'character', characterId: userPlays }
  return { kind: 'user', ...(personaId && { personaId }) }
}
