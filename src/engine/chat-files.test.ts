import { expect, test } from 'vitest'
import { readChatBytes, writeChatFile } from '#adapters/chat-files/chat-file-work.ts'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import { createCard } from '#core/cards/create-card.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import { createTree, pathTo, takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Layer } from '#core/her/segment.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import type { ExportFormat } from '#core/story/write-chat.ts'
import type { ChatFilesPort } from '#ports/chat-files.ts'
import { StorageFailure, type StoragePort } from '#ports/storage.ts'
import { createChatFiles } from './chat-files.ts'
import { createIdSource } from './ids.ts'

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId
const allLayers = new Set<Layer>(['system_thinking', 'role_thinking', 'role_action', 'speech'])

/** Chat files in the thread of the test. */
const inThread: ChatFilesPort = {
  read: async (file, options) => readChatBytes(new Uint8Array(await file.arrayBuffer()), options),
  open: (story) => ({ write: async (choice) => writeChatFile(story, choice), close: () => undefined }),
}

async function setupChatFiles() {
  const memory = createMemoryStorage()
  const writes: number[] = []
  let isFull = false
  const storage: StoragePort = {
    ...memory,
    write: async (changes) => {
      if (isFull) throw new StorageFailure('full', 'No room')
      writes.push(changes.length)
      await memory.write(changes)
    },
  }
  await memory.write(
    [anna, boris].map((id) => ({
      type: 'put',
      table: 'characters',
      row: {
        id,
        document: createCard({ name: id === anna ? 'Anna' : 'Boris' }),
        hue: 1,
        origin: 'authored',
        createdAt: 1,
        updatedAt: 1,
      },
    })),
  )
  let time = 1_700_000_000_000
  const now = () => {
    time += 1
    return time
  }
  const turnsOf = (id: ConversationId) => storage.turnsBefore(id, undefined, 100_000)
  const createId = createIdSource(now, (length) => crypto.getRandomValues(new Uint8Array(length)))
  const files = createChatFiles({ storage, chatFiles: inThread, now, createId, turnsOf })

  async function read(text: string) {
    const result = await files.read(new Blob([text]))
    if (!result.ok) throw new Error(result.error.sentence)
    return result.value
  }
  return {
    files,
    storage,
    writes,
    read,
    fillDisk: () => {
      isFull = true
    },
    bringIn: async (text: string, characterId = anna) => files.keep((await read(text)).draft, characterId),
    export: async (id: ConversationId, format: ExportFormat) => {
      const writer = await files.open(id)
      return (await writer.write({ format, layers: allLayers, extent: 'tree', marks: 'tags' })).blob.text()
    },
    tree: async (id: ConversationId) => createTree(await turnsOf(id)),
    head: async (id: ConversationId) => (await storage.get('conversations', id))?.headId ?? null,
  }
}

const tavern = [
  { user_name: 'Clara', character_name: 'Anna', chat_metadata: {} },
  { name: 'Anna', is_user: false, mes: 'Come in.', extra: { reasoning: 'She is late.' } },
  { name: 'Clara', is_user: true, mes: 'Thank you. [She knows.]' },
  { name: 'Anna', is_user: false, mes: 'Sit.', swipe_id: 1, swipes: ['Stand.', 'Sit.'] },
]
  .map((line) => JSON.stringify(line))
  .join('\n')

test('a SillyTavern chat comes in whole, in one write: swipes are takes, reasoning is planning', async () => {
  const { bringIn, writes, tree, head, storage } = await setupChatFiles()
  const id = await bringIn(tavern)
  expect(writes).toEqual([5])
  const built = await tree(id)
  const path = pathTo(built, await head(id))
  expect(path.map(({ raw }) => raw)).toEqual([
    '<system_thinking>She is late.</system_thinking>Come in.',
    'Thank you. [She knows.]',
    'Sit.',
  ])
  expect(path[0]?.speaker).toEqual({ kind: 'character', characterId: anna })
  const last = path.at(-1)
  expect(last && takesOf(built, last).map(({ raw }) => raw)).toEqual(['Stand.', 'Sit.'])
  expect((await storage.get('conversations', id))?.characterId).toBe(anna)
})

test('what goes out in our JSON or as SillyTavern’s comes back with the same turns and takes', async () => {
  const { bringIn, export: write, tree, head } = await setupChatFiles()
  const first = await bringIn(tavern)
  for (const format of ['subtext', 'sillytavern'] as const) {
    const again = await bringIn(await write(first, format))
    const segmentsOf = ({ raw, dialect }: Turn) =>
      parseReply(raw, { dialect }).segments.map(({ layer, text }) => [layer, text.trim()])
    const all = async (id: ConversationId) => [...(await tree(id)).turnsById.values()].map(segmentsOf)
    const shown = async (id: ConversationId) => pathTo(await tree(id), await head(id)).map(segmentsOf)
    expect(await all(again)).toEqual(await all(first))
    expect(await shown(again)).toEqual(await shown(first))
  }
})

test('whoever is called as in the file is found; the reader’s choice plays whom nobody is', async () => {
  const { files, read, bringIn, tree } = await setupChatFiles()
  expect(await files.characterOf((await read(tavern)).draft)).toBe(anna)
  const stranger = tavern.replaceAll('Anna', 'Vera')
  expect(await files.characterOf((await read(stranger)).draft)).toBeUndefined()
  const turns = [...(await tree(await bringIn(stranger, boris))).turnsById.values()]
  expect(turns.flatMap(({ speaker }) => (speaker.kind === 'character' ? speaker.characterId : []))).toEqual([
    boris,
    boris,
    boris,
  ])
})

test('a text is read by the names of the library and the reader', async () => {
  const { storage, read } = await setupChatFiles()
  await storage.write([
    { type: 'put', table: 'personas', row: { id: defaultPersonaId, name: 'Clara', description: '' } },
  ])
  const { draft } = await read('Clara: Hello.\nAnna: Good day.')
  expect(draft.userName).toBe('Clara')
  expect(draft.characters.map(({ name }) => name)).toEqual(['Anna'])
})

test('of a chat that does not fit on the disk nothing is kept', async () => {
  const { bringIn, fillDisk, storage } = await setupChatFiles()
  fillDisk()
  await expect(bringIn(tavern)).rejects.toBeInstanceOf(StorageFailure)
  expect(await storage.list('conversations')).toEqual([])
})

test('times that no calendar has are those of the import', async () => {
  const { bringIn, export: write, storage, tree } = await setupChatFiles()
  const text = await write(await bringIn(tavern), 'subtext')
  const id = await bringIn(text.replaceAll(/"(createdAt|updatedAt)": \d+/g, '"$1": 1e300'))
  const conversation = await storage.get('conversations', id)
  const times = [...(await tree(id)).turnsById.values()].map(({ createdAt }) => createdAt)
  for (const time of [conversation?.createdAt, conversation?.updatedAt, ...times]) {
    expect(() => new Date(time ?? Number.NaN).toISOString()).not.toThrow()
  }
})

test('what is no text is refused in a sentence', async () => {
  const { files } = await setupChatFiles()
  const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])
  expect(await files.read(new Blob([picture]))).toMatchObject({ ok: false, error: { kind: 'not-a-chat' } })
})
