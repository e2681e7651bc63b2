import { expect, test } from 'vitest'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { findChats } from './find-chats.ts'

const id = (name: string) => name as CharacterId
const chat = (title: string, ...cast: string[]): Conversation => ({
  id: title as ConversationId,
  characterId: id(cast[0] ?? ''),
  ...(cast.length > 1 && { cast: cast.map(id) }),
  title,
  headId: null,
  createdAt: 1,
  updatedAt: 1,
})
const names: Readonly<Record<string, string>> = { jane: 'Jane Eyre', count: 'Count Drácula' }
const chats = [chat('The inn', 'jane', 'count'), chat('Alone', 'count'), chat('', 'jane')]
const found = (wanted: string) => findChats(chats, wanted, (one) => names[one]).map(({ title }) => title)

test('a scene is found by anyone in it, a chat by its title, and all by nothing', () => {
  expect(found('dracula')).toEqual(['The inn', 'Alone'])
  expect(found('EYRE')).toEqual(['The inn', ''])
  expect(found('count inn')).toEqual(['The inn'])
  expect(found(' ')).toHaveLength(3)
  expect(found('nobody')).toEqual([])
})
