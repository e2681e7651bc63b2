import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { StorageFailure, type StoragePort } from '#ports/storage.ts'
import { putTurn } from './changes.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'

const never = new Promise(() => {})

/** A storage that does with the next write of a chat's row alone as it is told to, once. */
function storageWithGap(next: () => Promise<void>): StoragePort & { arm: () => void } {
  const storage = createMemoryStorage()
  let isArmed = false
  return {
    ...storage,
    arm: () => {
      isArmed = true
    },
    write: (asked, tellers) => {
      if (!isArmed || asked.every(({ table }) => table !== 'conversations')) return storage.write(asked, tellers)
      isArmed = false
      return next()
    },
  }
}

async function setup(next: () => Promise<void>) {
  const storage = storageWithGap(next)
  const kit = await setupChat([[text('A'), never]], { storage })
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['Hello.'], chosen: 0 })
  return { ...kit, id, storage }
}

test('of a tab that was killed before its chat was led to a reply, all is found when the chat is opened', async () => {
  const { chat: killed, id, storage, shown } = await setup(() => never as Promise<void>)
  storage.arm()
  void killed.send(id, 'Are you there?')
  await expect.poll(async () => (await storage.turnsBefore(id, undefined, 10)).length).toBe(3)
  const before = await storage.get('conversations', id)
  expect((await shown(id)).map(({ raw }) => raw)).toEqual(['Hello.'])

  const { chat } = await setupChat([], { storage })
  await chat.recover(id)
  expect((await shown(id)).map(({ raw, ending }) => [raw, ending])).toEqual([
    ['Hello.', 'complete'],
    ['Are you there?', 'complete'],
    [expect.any(String), 'interrupted'],
  ])
  const { headId: _head, updatedAt: _at, ...kept } = (await storage.get('conversations', id)) ?? {}
  expect(before).toMatchObject(kept)

  // What the reader chose since then stays.
  const first = (await shown(id))[0]?.id as TurnId
  await chat.remove(id, (await shown(id))[1]?.id as TurnId)
  await chat.recover(id)
  expect((await shown(id)).map(({ id }) => id)).toEqual([first])
})

test('where the chat can not be led to a reply nothing of it is kept, and it ends', async () => {
  const { chat, id, storage, shown, quiet, requests } = await setup(async () => {
    throw new StorageFailure('full', 'No room.')
  })
  storage.arm()
  await expect(chat.send(id, 'Are you there?')).rejects.toBeInstanceOf(StorageFailure)
  await quiet(id)
  expect(await storage.turnsBefore(id, undefined, 10)).toHaveLength(1)
  expect(chat.runs.getState().byConversation.get(id)).toBeUndefined()

  await chat.send(id, 'Once more?')
  expect((await shown(id)).map(({ raw }) => raw).slice(0, 2)).toEqual(['Hello.', 'Once more?'])
  expect(requests.length).toBeGreaterThan(0)
  chat.stop(id)
})

test('where the turns can not be written the chat leads to none of them', async () => {
  const storage = createMemoryStorage()
  let isFull = false
  const full: StoragePort = {
    ...storage,
    write: async (asked, tellers) => {
      if (isFull && asked.some(({ type, table }) => type === 'put' && table === 'turns')) {
        throw new StorageFailure('full', 'No room.')
      }
      await storage.write(asked, tellers)
    },
  }
  const { chat, shown, requests } = await setupChat([[text('A')]], { storage: full })
  const id = await chat.begin(annaId, { kind: 'greetings', greetings: ['Hello.'], chosen: 0 })
  const before = await storage.get('conversations', id)
  isFull = true
  await expect(chat.send(id, 'Are you there?')).rejects.toBeInstanceOf(StorageFailure)
  expect(await storage.get('conversations', id)).toEqual(before)
  expect((await shown(id)).map(({ raw }) => raw)).toEqual(['Hello.'])
  expect(requests).toEqual([])
})

test('a take that was drawn beside others, and broken off, leaves its chat where it was', async () => {
  const { chat, id, storage, shown, quiet } = await setupTalk()
  await chat.send(id, 'Hello')
  await quiet(id)
  const before = await storage.get('conversations', id)
  const last = (await shown(id)).at(-1) as Turn
  const take = {
    ...last,
    id: `${last.id}x` as TurnId,
    raw: '',
    ending: 'draft' as const,
    createdAt: last.createdAt + 1e6,
  }
  await storage.write([putTurn(take)])
  await chat.recover(id)
  expect((await storage.get('turns', [id, take.id]))?.ending).toBe('interrupted')
  expect(await storage.get('conversations', id)).toEqual(before)
})

async function setupTalk() {
  const kit = await setupChat([[text('A'), end()]])
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['Hello.'], chosen: 0 })
  return { ...kit, id }
}
