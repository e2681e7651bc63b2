import { expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { unreadThoughts } from './unread-thoughts.ts'

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId
const cast: Cast = {
  characters: [
    { id: anna, card: { ...emptyCard, name: 'Anna' } },
    { id: boris, card: { ...emptyCard, name: 'Boris' } },
  ],
  user: { name: 'You', description: '' },
}

function turn(id: string, characterId: CharacterId, raw: string, part: Partial<Turn> = {}): Turn {
  return {
    id: id as TurnId,
    conversationId: 'chat' as ConversationId,
    parentId: null,
    speaker: { kind: 'character', characterId },
    dialect: 'her',
    raw,
    ending: 'complete',
    createdAt: 1,
    ...part,
  }
}

const thinks = '<role_thinking>So.</role_thinking>Well.'
const path = [
  turn('1', anna, thinks),
  turn('2', boris, thinks),
  turn('3', anna, thinks),
  turn('4', anna, 'Only words.'),
  turn('5', boris, thinks, { ending: 'draft' }),
]

test('of each the newest whole thought, unless that one was opened', () => {
  const found = (opened: readonly string[]) =>
    Object.fromEntries([...unreadThoughts(path, cast, (id) => opened.includes(id))].map(([id, at]) => [id, at.turnId]))
  expect(found([])).toEqual({ anna: '3', boris: '2' })
  expect(found(['3'])).toEqual({ boris: '2' })
  // An older one that was opened says nothing of the newer.
  expect(found(['1'])).toEqual({ anna: '3', boris: '2' })
})

test('the reader knows what whom they play thinks', () => {
  expect([...unreadThoughts(path, { ...cast, userPlays: anna }, () => false).keys()]).toEqual([boris])
})
