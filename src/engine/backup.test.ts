import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gzipBackupFiles } from '#adapters/gzip-backup-files.ts'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { ConnectionId, FileId, JobId, PersonaId } from '#core/ids.ts'
import type { Job } from '#core/job.ts'
import { everyTurn, type StoragePort } from '#ports/storage.ts'
import { createBackup } from './backup.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'

const key = 'sk-very-secret'
const portrait = new Blob([new Uint8Array([0, 255, 7])], { type: 'image/png' })

const job: Job = {
  id: 'j1' as JobId,
  kind: 'judge',
  title: 'Mine',
  plan: { of: 3 },
  state: 'done',
  createdAt: 1,
  updatedAt: 2,
}

async function setupLibrary() {
  const kit = await setupChat([[text('Plan.</system_thinking>“Yes” – naïve 夜.'), end()]])
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['One?\u2028Two?'], chosen: 0 })
  await kit.chat.send(id, 'Hello 👩‍🚀')
  await kit.quiet(id)
  await kit.storage.write([
    { type: 'put', table: 'files', row: { id: 'f1' as FileId, blob: portrait } },
    { type: 'put', table: 'personas', row: { id: 'p1' as PersonaId, name: 'Tom', description: 'A traveller' } },
    { type: 'put', table: 'keys', row: { connectionId: 'k' as ConnectionId, key } },
    { type: 'put', table: 'settings', row: { name: 'connection', value: 'k' } },
    { type: 'put', table: 'memories', row: { conversationId: id, versions: [] } },
    { type: 'put', table: 'cardHistories', row: { characterId: annaId, versions: [] } },
    { type: 'put', table: 'jobs', row: job },
    { type: 'put', table: 'jobRecords', row: { jobId: job.id, key: 'a/1', value: ['One'] } },
  ])
  return { ...kit, id, backup: createBackup(kit.storage, () => 1000) }
}

async function all(storage: StoragePort) {
  const conversations = await storage.list('conversations')
  const files = await storage.list('files')
  return {
    conversations,
    turns: await Promise.all(conversations.map(({ id }) => storage.turnsBefore(id, undefined, everyTurn))),
    records: await storage.recordsOf(job.id),
    files: await Promise.all(
      files.map(async ({ id, blob }) => [id, blob.type, [...new Uint8Array(await blob.arrayBuffer())]]),
    ),
    ...Object.fromEntries(
      await Promise.all(
        (
          [
            'characters',
            'personas',
            'connections',
            'settings',
            'memories',
            'cardHistories',
            'lorebooks',
            'jobs',
            'preferences',
          ] as const
        ).map(async (table) => [table, await storage.list(table)]),
      ),
    ),
  }
}

async function* linesOf(lines: readonly string[]) {
  yield* lines
}

async function written(backup: { write(): AsyncGenerator<string> }): Promise<string[]> {
  const lines: string[] = []
  for await (const line of backup.write()) lines.push(line)
  return lines
}

test('a backup restored elsewhere is everything, byte for byte, but the keys', async () => {
  const { storage, backup } = await setupLibrary()
  const file = await gzipBackupFiles.pack(backup.write())
  const other = createMemoryStorage()
  const there = createBackup(other, () => 0)
  const contents = await there.examine(gzipBackupFiles.unpack(file))
  expect(contents.ok && contents.value.examples).toEqual([])
  expect(contents).toMatchObject({
    ok: true,
    value: {
      head: { createdAt: 1000 },
      unreadable: 0,
      shares: { turns: { added: 3, same: 0, differing: 0 }, files: { added: 1 }, personas: { added: 1 } },
    },
  })
  expect(await all(other)).toMatchObject({ conversations: [], files: [] })
  const restored = await there.restore(gzipBackupFiles.unpack(file), 'ours', () => undefined)
  expect(restored).toMatchObject({ replaced: 0 })
  expect(restored).not.toHaveProperty('failure')
  expect(await all(other)).toEqual(await all(storage))
  expect(await other.list('keys')).toEqual([])
  expect(await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text()).not.toContain(key)
})

test('restored where it came from it changes nothing', async () => {
  const { storage, backup } = await setupLibrary()
  const lines = await written(backup)
  const before = await all(storage)
  const contents = await backup.examine(linesOf(lines))
  const shares = contents.ok ? Object.values(contents.value.shares) : []
  expect(shares.length).toBeGreaterThan(6)
  expect(shares.every(({ added, differing }) => added === 0 && differing === 0)).toBe(true)
  expect(await backup.restore(linesOf(lines), 'theirs', () => undefined)).toMatchObject({ added: 0, replaced: 0 })
  expect(await all(storage)).toEqual(before)
})

test('what changed since stays or goes as is chosen, what is new since stays, and undo brings all back', async () => {
  const { storage, chat, id, quiet, backup } = await setupLibrary()
  const lines = await written(backup)
  const old = await all(storage)
  await chat.rename(id, 'Another title')
  await chat.send(id, 'And since')
  await quiet(id)
  const since = await all(storage)

  await backup.restore(linesOf(lines), 'ours', () => undefined)
  expect(await all(storage)).toEqual(since)

  const { replaced, undo } = await backup.restore(linesOf(lines), 'theirs', () => undefined)
  expect(replaced).toBe(1)
  expect((await storage.list('conversations'))[0]).toEqual(old.conversations[0])
  expect((await storage.turnsBefore(id, undefined, everyTurn)).length).toBe(since.turns[0]?.length)
  await undo()
  expect(await all(storage)).toEqual(since)
})

test('undo takes out what was added', async () => {
  const { backup } = await setupLibrary()
  const lines = await written(backup)
  const other = createMemoryStorage()
  const there = createBackup(other, () => 0)
  const before = await all(other)
  const { undo, added } = await there.restore(linesOf(lines), 'ours', () => undefined)
  expect(added).toBeGreaterThan(8)
  await undo()
  expect(await all(other)).toEqual(before)
})

test('one that was cut off is refused before anything is written, and restored as far as it goes when that is wanted', async () => {
  const { backup } = await setupLibrary()
  const lines = await written(backup)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), async (length) => {
      const other = createMemoryStorage()
      const there = createBackup(other, () => 0)
      expect(await there.examine(linesOf(lines.slice(0, length)))).toMatchObject({ ok: false, error: { kind: 'cut' } })
      const restored = await there.restore(linesOf(lines.slice(0, length)), 'ours', () => undefined)
      expect(restored.failure?.kind).toBe('cut')
    }),
    { numRuns: 10 },
  )
  const file = await gzipBackupFiles.pack(linesOf(lines))
  const half = file.slice(0, Math.floor(file.size / 2))
  expect(await backup.examine(gzipBackupFiles.unpack(half))).toMatchObject({ ok: false, error: { kind: 'cut' } })
  const bytes = new Uint8Array(await file.arrayBuffer()).fill(99, 30, 60)
  expect(await backup.examine(gzipBackupFiles.unpack(new Blob([bytes])))).toMatchObject({ ok: false })
})

test('what is no backup is said to be none', async () => {
  const { backup } = await setupLibrary()
  for (const bytes of ['', '{"name":"Anna"}', 'PK\u0003\u0004', '\u001f\u008b']) {
    expect(await backup.examine(gzipBackupFiles.unpack(new Blob([bytes])))).toMatchObject({ ok: false })
  }
})
