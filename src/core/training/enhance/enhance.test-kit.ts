import { emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import type { EnhanceChoice, EnhanceStory } from './part.ts'

export const anna = 'anna' as CharacterId
export const boris = 'boris' as CharacterId

export const everyStage: EnhanceChoice = {
  stages: { roleThinking: true, forward: true, backward: true, setting: true },
  turns: 'lacking',
}

const cast: Cast = {
  characters: [
    {
      id: anna,
      card: { ...emptyCard, name: 'Anna', description: 'A clerk.', her: { motivation: 'To keep the ledger.' } },
    },
    { id: boris, card: { ...emptyCard, name: 'Boris', description: 'A sailor.', her: { motivation: 'BORIS-MOTIVE' } } },
  ],
  user: { name: 'Tom', description: 'An inspector.' },
}

const environment: Speaker = { kind: 'environment' }
const user: Speaker = { kind: 'user' }
const of = (characterId: CharacterId): Speaker => ({ kind: 'character', characterId })

/** A chat of two characters and the reader, in which thoughts are shown now and then. */
export function enhanceStory(): EnhanceStory {
  return {
    id: 'story',
    title: 'The ledger',
    cast,
    path: [
      turn(0, environment, 'Rain runs down the panes.'),
      turn(1, of(anna), 'Good evening, inspector. *She closes the book.*', 'markdown'),
      turn(2, user, 'Show me the ledger. [TOM-THOUGHT and nobody knows it]', 'player'),
      turn(
        3,
        of(boris),
        '<system_thinking>BORIS-PLAN is to stay quiet.</system_thinking><role_thinking>BORIS-THOUGHT, and let her talk</role_thinking>Leave her be.',
      ),
      turn(4, of(anna), 'It is only numbers.', 'her'),
    ],
  }
}

function turn(index: number, speaker: Speaker, raw: string, dialect: Turn['dialect'] = 'her'): Turn {
  return {
    id: `t${index}` as TurnId,
    conversationId: 'story' as ConversationId,
    parentId: index === 0 ? null : (`t${index - 1}` as TurnId),
    speaker,
    dialect,
    raw,
    ending: 'complete',
    createdAt: index + 1,
  }
}
