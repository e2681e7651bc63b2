import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, FileId, JobId, TurnId } from '#core/ids.ts'
import { type Change, type Edit, everyTurn, type StoragePort } from '#ports/storage.ts'

const here = 'here' as ConversationId
const there = 'there' as ConversationId

/** What each storage promises, run against every one there is. */
export function describeStorage(
  name: string,
  setup: () => Promise<{ storage: StoragePort; teardown: () => Promise<void> }>,
): void {
  describe(name, () => {
    let storage: StoragePort
    let teardown: () => Promise<void>
    beforeEach(async () => {
      ;({ storage, teardown } = await setup())
    })
    afterEach(() => teardown())

    test('a row that was put is there, the same in every field, until it is deleted', async () => {
      const row = conversation(here, { title: 'Ünïcode \u{1F600} \uD800' })
      await storage.write([{ type: 'put', table: 'conversations', row }])
      expect(await storage.get('conversations', here)).toEqual(row)
      expect(await storage.list('conversations')).toEqual([row])
      await storage.write([{ type: 'delete', table: 'conversations', key: here }])
      expect(await storage.get('conversations', here)).toBeUndefined()
    })

    test('a file keeps its bytes and its type', async () => {
      const blob = new Blob([new Uint8Array([0, 255, 7])], { type: 'image/png' })
      await storage.write([{ type: 'put', table: 'files', row: { id: 'f' as FileId, blob } }])
      const kept = (await storage.get('files', 'f'))?.blob
      expect(kept?.type).toBe('image/png')
      expect([...new Uint8Array((await kept?.arrayBuffer()) ?? new ArrayBuffer())]).toEqual([0, 255, 7])
    })

    test('turns come by the page, oldest first, and never those of another chat', async () => {
      const turns = Array.from({ length: 25 }, (_, index) => turn(here, index))
      await storage.write([...turns, turn(there, 3)].toReversed().map(putTurn))
      expect(ids(await storage.turnsBefore(here, undefined, 10))).toEqual(ids(turns.slice(15)))
      expect(ids(await storage.turnsBefore(here, turns[15]?.id, 10))).toEqual(ids(turns.slice(5, 15)))
      expect(ids(await storage.turnsBefore(here, turns[5]?.id, 10))).toEqual(ids(turns.slice(0, 5)))
      expect(await storage.turnsBefore(here, turns[0]?.id, 10)).toEqual([])
      expect(ids(await storage.turnsBefore(here, undefined, everyTurn))).toEqual(ids(turns))
      expect(ids(await storage.turnsBefore(here, undefined, 1))).toEqual(ids(turns.slice(24)))
      expect(await storage.turnsBefore('nowhere' as ConversationId, undefined, 10)).toEqual([])
    })

    test('what a job found out comes by its steps, and never that of another job', async () => {
      const record = (jobId: string, key: string) => ({ jobId: jobId as JobId, key, value: { of: key } })
      const records = [record('j', 'b/1'), record('j', 'a'), record('i', 'z'), record('jj', 'a')]
      await storage.write(records.map((row) => ({ type: 'put', table: 'jobRecords', row })))
      expect(await storage.recordsOf('j' as JobId)).toEqual([record('j', 'a'), record('j', 'b/1')])
      await storage.write([{ type: 'delete', table: 'jobRecords', key: ['j' as JobId, 'a'] }])
      expect(await storage.recordsOf('j' as JobId)).toEqual([record('j', 'b/1')])
      expect(await storage.recordsOf('k' as JobId)).toEqual([])
    })

    test('a write is whole or not at all', async () => {
      const unwritable = { ...turn(here, 2), raw: (() => 'a function can not be kept') as unknown as string }
      await expect(storage.write([putTurn(turn(here, 1)), putTurn(unwritable)])).rejects.toThrow()
      expect(await storage.turnsBefore(here, undefined, 10)).toEqual([])
    })

    test('changes are told before the write resolves, and not after one has left', async () => {
      const told: (readonly Change[])[] = []
      const leave = storage.onChange((changes) => told.push(changes))
      const changes = [putTurn(turn(here, 1))]
      let isWritten = false
      const written = storage.write(changes).then(() => {
        isWritten = true
        expect(told).toEqual([changes])
      })
      expect(isWritten).toBe(false)
      await written
      leave()
      await storage.write([putTurn(turn(here, 2))])
      expect(told).toHaveLength(1)
    })

    test('who waits for the disk alone goes on before anyone is told, and not at all where nothing was written', async () => {
      const order: string[] = []
      const leave = storage.onChange(() => order.push('told'))
      const stages = (name: string) => ({
        onAsked: () => void order.push(`${name} asked`),
        onDisk: () => void Promise.resolve().then(() => order.push(`${name} on disk`)),
      })
      await storage.write([putTurn(turn(here, 1))], stages('a turn'))
      await storage.write([], stages('nothing'))
      const unwritable = { ...turn(here, 2), raw: (() => 'a function can not be kept') as unknown as string }
      await storage.write([putTurn(unwritable)], stages('unwritable')).catch(() => undefined)
      leave()
      expect(order).toEqual(['a turn asked', 'a turn on disk', 'told', 'nothing on disk'])
    })

    test('the catalogue has an entry for each character, whatever is written', async () => {
      const row = character('anna', 'Anna')
      await storage.write([put('characters', row), put('characters', character('bea', 'Bea'))])
      await storage.write([
        put('characters', { ...row, folder: 'Work' }),
        { type: 'delete', table: 'characters', key: 'bea' },
      ])
      expect(await storage.list('catalogue')).toMatchObject([{ id: 'anna', name: 'Anna', folder: 'Work' }])
      expect([await storage.count('characters'), await storage.keys('characters')]).toEqual([1, ['anna']])
    })

    test('an edit is made of the row as it is when it is written; where nothing comes of it, nothing is written', async () => {
      await storage.write([putTurn(turn(here, 1))])
      const told: Change[] = []
      storage.onChange((changes) => told.push(...changes))
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          storage.write([editTurn(1, (row) => row && { ...row, raw: `${row.raw} ${index}` })]),
        ),
      )
      const row = { ...turn(here, 1), raw: 'turn 1 0 1 2 3 4 5 6 7' }
      expect(await storage.turnsBefore(here, undefined, 9)).toEqual([row])
      expect(told).toHaveLength(8)
      expect(told.at(-1)).toEqual(putTurn(row))
      await storage.write([editTurn(1, (same) => same), editTurn(2, () => undefined)])
      expect(told).toHaveLength(8)
      await storage.write([editTurn(2, (none) => none ?? turn(here, 2))])
      expect(await storage.get('turns', [here, turn(here, 2).id])).toEqual(turn(here, 2))
    })

    test('what an edit throws fails all that was to be written with it', async () => {
      const refused = editTurn(1, () => {
        throw new Error('No')
      })
      await expect(storage.write([putTurn(turn(here, 2)), refused])).rejects.toThrow('No')
      expect(await storage.turnsBefore(here, undefined, 9)).toEqual([])
      await storage.write([putTurn(turn(here, 3))])
      expect(ids(await storage.turnsBefore(here, undefined, 9))).toEqual(['t0003'])
    })

    test('two writes at once end in the order they were begun', async () => {
      await Promise.all([
        storage.write([{ type: 'put', table: 'settings', row: { name: 'x', value: 'first' } }]),
        storage.write([{ type: 'put', table: 'settings', row: { name: 'x', value: 'second' } }]),
      ])
      expect((await storage.get('settings', 'x'))?.value).toBe('second')
    })
  })
}

function put(table: 'characters', row: Character): Change {
  return { type: 'put', table, row }
}

function character(id: string, name: string): Character {
  const document = createCard({ name })
  return { id: id as CharacterId, document, hue: 1, origin: 'imported', createdAt: 1, updatedAt: 1 }
}

function putTurn(row: Turn): Change {
  return { type: 'put', table: 'turns', row }
}

function editTurn(index: number, edit: (row: Turn | undefined) => Turn | undefined): Edit {
  return { type: 'edit', table: 'turns', key: [here, turn(here, index).id], edit }
}

function ids(turns: readonly Turn[]): readonly string[] {
  return turns.map(({ id }) => id)
}

function turn(conversationId: ConversationId, index: number): Turn {
  return {
    id: `t${String(index).padStart(4, '0')}` as TurnId,
    conversationId,
    parentId: null,
    speaker: { kind: 'user' },
    dialect: 'player',
    raw: `turn ${index}`,
    ending: 'complete',
    createdAt: index,
  }
}

function conversation(id: ConversationId, part: Partial<Conversation>): Conversation {
  return { id, characterId: 'c' as CharacterId, title: '', headId: null, createdAt: 1, updatedAt: 2, ...part }
}
