import { expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { hasThought, knowledgeOf } from './knowledge.ts'

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId

function turn(speaker: Speaker, raw: string, more: Partial<Turn> = {}): Turn {
  return {
    id: raw as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker,
    dialect: 'her',
    raw,
    present: [anna, boris],
    ending: 'complete',
    createdAt: 0,
    ...more,
  }
}

const by = (characterId: CharacterId): Speaker => ({ kind: 'character', characterId })

test('each turn is one’s own, heard, seen or missed, and whispers of others are counted', () => {
  const path = [
    turn({ kind: 'user' }, 'To both.'),
    turn({ kind: 'user' }, 'To Anna.', { whisperTo: [anna] }),
    turn(by(anna), 'To nobody else.', { whisperTo: [] }),
    turn(by(boris), 'Alone.', { present: [boris] }),
  ]
  const [hers, his, ...more] = knowledgeOf(path, [anna, boris])
  expect(more).toEqual([])
  expect(path.map((_, place) => hers?.sensed(place))).toEqual(['heard', 'heard', 'own', 'missed'])
  expect(path.map((_, place) => his?.sensed(place))).toEqual(['heard', 'seen', 'seen', 'own'])
  expect(hers).toMatchObject({ counts: { own: 1, heard: 2, seen: 0, missed: 1 }, whispersHeard: 1 })
  expect(his).toMatchObject({ counts: { own: 1, heard: 1, seen: 2, missed: 0 }, whispersHeard: 0 })
})

test('a thought is told of, and a plan is none', () => {
  const cast = { characters: [{ id: anna, card: { ...emptyCard, name: 'Anna' } }], user: { name: '', description: '' } }
  expect(hasThought(turn(by(anna), '<role_thinking>Hm.</role_thinking>Yes.'), cast)).toBe(true)
  expect(hasThought(turn(by(anna), '<system_thinking>Hm.</system_thinking>Yes.'), cast)).toBe(false)
})
