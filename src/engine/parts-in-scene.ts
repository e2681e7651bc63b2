import type { Conversation } from '#core/conversation/conversation.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { answerToWhisper, isTurnOf, type Presence, presentAfter } from '#core/scene/presence.ts'
import type { Answerer } from './prepared-reply.ts'

/** Whose turns the reader's are: of the character they play, or of themselves as a persona. */
export function readersSpeaker({ userPlays, personaId }: Conversation): Speaker {
  if (userPlays !== undefined) return { kind: 'character', characterId: userPlays }
  return { kind: 'user', ...(personaId && { personaId }) }
}

/** True for a turn that no model is asked for: the reader's own, as a persona or as whom they play. */
export function isReaders(turn: Turn, { userPlays }: Conversation): boolean {
  return turn.speaker.kind === 'user' || (userPlays !== undefined && isTurnOf(userPlays, turn))
}

/** Who is asked for another take of a turn; nobody where it is the reader's, or was written as a scene's beginning. */
export function answererOf(turn: Turn, conversation: Conversation): Answerer | undefined {
  const { speaker, making, ending } = turn
  if (speaker.kind === 'user' || isReaders(turn, conversation)) return undefined
  // A draft whose writer died has nothing told of its making.
  const isWritten = making === undefined && ending === 'complete'
  return speaker.kind === 'environment' && isWritten ? undefined : speaker
}

/**
 * Who perceives the next turn of a path. Said of every turn in a scene, so that whoever joins it later knows nothing of
 * what was before; in a chat with one character there is nothing to say. Who was whispered to answers in a whisper.
 */
export function presenceNext(conversation: Conversation, path: readonly Turn[], speaker?: Answerer): Presence {
  if (!conversation.cast) return {}
  const present = presentAfter(path, castIdsOf(conversation))
  const whisperTo = speaker?.kind === 'character' ? answerToWhisper(speaker.characterId, path.at(-1)) : undefined
  return { present, ...(whisperTo && { whisperTo }) }
}
