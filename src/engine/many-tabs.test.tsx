import { deleteDB } from 'idb'
import { expect, test } from 'vitest'
import { openIndexedDbStorage } from '#adapters/indexeddb-storage.ts'
import { makeVault } from '#adapters/passphrase.ts'
import { createRememberingStorage } from '#adapters/remembering-storage.ts'
import { createRowSeal } from '#adapters/row-seal.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { CharacterId, ConnectionId, ConversationId, LorebookId, PreferenceId, TurnId } from '#core/ids.ts'
import { type Change, everythingRow, type StoragePort } from '#ports/storage.ts'
import { createBackground } from './background.ts'
import { edit } from './changes.ts'
import { createModelCasting } from './choose-models.ts'
import { createConnections } from './connections.ts'
import { createLorebooks } from './lorebooks.ts'
import { createMemories } from './memories.ts'
import { createShelves } from './shelve-cards.ts'
import { createStoryTree } from './story-tree.ts'
import { createStudio } from './studio.ts'

// Each verb of the engine that changes a row it did not make, from three tabs within the same milliseconds.

const chat = 'chat' as ConversationId
const anna = 'anna' as CharacterId
const turn = 't9' as TurnId
const tabs = 3
const rounds = 8
const at = 1

const rows: Change[] = [
  {
    type: 'put',
    table: 'characters',
    row: {
      id: anna,
      document: createCard({ name: 'Anna', description: '' }),
      hue: 1,
      origin: 'authored',
      createdAt: at,
      updatedAt: at,
    },
  },
  {
    type: 'put',
    table: 'conversations',
    row: { id: chat, characterId: anna, title: '', headId: turn, seals: { broken: {} }, createdAt: at, updatedAt: at },
  },
  // Enough of them that there is something to remember.
  ...Array.from(
    { length: 10 },
    (_, index): Change => ({
      type: 'put',
      table: 'turns',
      row: {
        id: `t${index}` as TurnId,
        conversationId: chat,
        parentId: index === 0 ? null : (`t${index - 1}` as TurnId),
        speaker: { kind: 'user' },
        dialect: 'player',
        raw: 'Hello.',
        ending: 'complete',
        createdAt: at,
      },
    }),
  ),
]

async function openTabs(isSealed: boolean) {
  const name = `many tabs, ${isSealed ? 'sealed' : 'open'}`
  await deleteDB(name)
  let unlock: { unlock?: () => Promise<ReturnType<typeof createRowSeal>> } = {}
  if (isSealed) {
    const { vault, key } = await makeVault('correct horse battery')
    const plain = await openIndexedDbStorage({ name })
    await plain.write([{ type: 'put', table: 'keys', row: { connectionId: everythingRow, vault, phase: 'sealed' } }])
    plain.close()
    unlock = { unlock: async () => createRowSeal(key) }
  }
  const storages = await Promise.all(Array.from({ length: tabs }, () => openIndexedDbStorage({ name, ...unlock })))
  await storages[0]?.write(rows)
  const close = async () => {
    for (const storage of storages) storage.close()
    await deleteDB(name)
  }
  return { all: storages.map((storage, tab) => openEngine(createRememberingStorage(storage), tab)), close }
}

function openEngine(storage: StoragePort, tab: number) {
  let count = 0
  let time = 1
  const now = () => time++
  const createId = () => `${tab}-${count++}`
  const lookAtPicture = async () => ({ hue: 1 })
  const unused = async () => Promise.reject(new Error('Not asked for here'))
  return {
    storage,
    tree: createStoryTree(storage),
    casting: createModelCasting(storage),
    shelves: createShelves(storage, lookAtPicture, now),
    studio: createStudio({ storage, lookAtPicture, toPng: async () => undefined, now, createId }),
    lorebooks: createLorebooks({ storage, readCardFile: async function* () {}, now, createId }),
    connections: createConnections({
      storage,
      keyRing: {} as never,
      connectPort: { discover: unused, test: unused },
      now,
      createId,
    }),
    memories: createMemories(
      { storage, openModel: unused, turnsOf: (id) => storage.turnsBefore(id, undefined, 99), now, createId },
      createBackground(),
    ),
  }
}

for (const isSealed of [false, true]) {
  test(`of what three tabs change in one row at once nothing is lost, ${isSealed ? 'sealed' : 'open'}`, async () => {
    const { all, close } = await openTabs(isSealed)
    const ids = all.flatMap((_, tab) => Array.from({ length: rounds }, (_, round) => `${tab}-${round}`))
    await Promise.all(
      all.flatMap(({ tree, casting, shelves, studio, lorebooks, memories, storage }, tab) =>
        Array.from({ length: rounds }, async (_, round) => {
          const id = `${tab}-${round}`
          await Promise.all([
            tree.breakSeal(chat, turn, tab * rounds + round),
            casting.inChat(chat, id as CharacterId, { connectionId: 'm' as ConnectionId }),
            lorebooks.attach(id as LorebookId, { kind: 'chat', id: chat }, true),
            memories.write(chat, id, anna),
            shelves.addTag([anna], id),
            studio.addFile(anna, id, new Blob([id])),
            studio.keepVersion(anna, createCard({ name: id, description: '' }), id),
            storage.write([{ type: 'put', table: 'preferences', row: preference(id) }]),
            tab === 0 ? tree.nameTurn(chat, turn, id) : undefined,
            tab === 1 ? tree.bookmark(chat, turn, true) : undefined,
            tab === 2
              ? storage.write([edit('turns', [chat, turn], (row) => ({ ...row, raw: `${row.raw}.` }))])
              : undefined,
          ])
        }),
      ),
    )
    const sorted = (values: Iterable<string> | undefined) => [...(values ?? [])].sort()
    for (const { storage } of all) {
      const [conversation, character, history, memory] = await Promise.all([
        storage.get('conversations', chat),
        storage.get('characters', anna),
        storage.get('cardHistories', anna),
        storage.get('memories', chat),
      ])
      expect(conversation?.seals?.broken[turn]).toHaveLength(ids.length)
      expect(sorted(Object.keys(conversation?.models ?? {}))).toEqual(ids)
      expect(sorted(conversation?.lorebookIds)).toEqual(ids)
      expect(sorted(character?.tags)).toEqual(ids)
      expect(sorted(character?.files?.map(({ path }) => path))).toEqual(ids)
      expect(sorted(history?.versions.map(({ name }) => name ?? ''))).toEqual(ids)
      expect(sorted(memory?.versions.map(({ text }) => text))).toEqual(ids)
      expect(sorted((await storage.list('preferences')).map(({ id }) => id))).toEqual(ids)
      expect((await storage.list('catalogue')).map(({ tags }) => sorted(tags))).toEqual([ids])
      expect(await storage.get('turns', [chat, turn])).toMatchObject({
        name: `0-${rounds - 1}`,
        bookmarked: true,
        raw: `Hello.${'.'.repeat(rounds)}`,
      })
    }
    await close()
  })
}

function preference(id: string) {
  return {
    id: id as PreferenceId,
    conversationId: chat,
    parentId: null,
    a: 'a' as TurnId,
    b: 'b' as TurnId,
    verdict: 'a' as const,
    by: { kind: 'human', first: 'a', shown: 'all' } as never,
    principles: [],
    createdAt: at,
  }
}
