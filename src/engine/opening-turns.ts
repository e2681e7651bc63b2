import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import type { Opening } from './chat-engine.ts'

/**
 * What stands at the beginning of a chat, in the card's own dialect and with its macros. Greetings are takes of each
 * other.
 */
export function openingTurns(
  opening: Opening,
  characterId: CharacterId,
  newTurn: () => Pick<Turn, 'id' | 'conversationId' | 'parentId' | 'createdAt'>,
): Turn[] {
  const asWritten = { dialect: 'markdown', template: true, ending: 'complete' } as const
  switch (opening.kind) {
    case 'blank':
      return []
    case 'scene':
      return [{ ...newTurn(), ...asWritten, speaker: { kind: 'environment' }, raw: opening.line }]
    case 'greetings':
      return opening.greetings.map((raw) => ({
        ...newTurn(),
        ...asWritten,
        speaker: { kind: 'character', characterId },
        raw,
      }))
  }
}
