import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BackupItem,
  createBackupReader,
  pieceBytes,
  writeEnd,
  writeFileLines,
  writeHead,
  writeRow,
} from './backup-file.ts'
import { backupTables, rowKey, rowProblem } from './backup-rows.ts'

const head = { version: 1, createdAt: 5, counts: { turns: 1 } }
const turn = {
  id: 't1',
  conversationId: 'c1',
  parentId: null,
  speaker: { kind: 'user' },
  dialect: 'player',
  raw: 'Hello',
  ending: 'complete',
  createdAt: 1,
  later: { of: ['a newer', 'version'] },
}

function readAll(lines: readonly string[]) {
  const reader = createBackupReader()
  const items: BackupItem[] = []
  for (const line of lines) {
    const pushed = reader.push(line)
    if (!pushed.ok) return { items, failure: pushed.error }
    items.push(...pushed.value)
  }
  const finished = reader.finish()
  return { items, failure: finished.ok ? undefined : finished.error }
}

function whole(...body: readonly string[]): string[] {
  const lines = [writeHead(head), ...body]
  return [...lines, writeEnd(lines.length)]
}

describe('a backup', () => {
  test('gives back its rows, with every key, and its files, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 0, max: 2 }), (seed, pieces) => {
        const bytes = new Uint8Array(seed.length + pieces * pieceBytes).fill(7)
        bytes.set(seed)
        const { items, failure } = readAll(whole(...writeFileLines('f', 'image/png', bytes), writeRow('turns', turn)))
        expect(failure).toBeUndefined()
        const [, file, row] = items
        expect(file).toMatchObject({ kind: 'file', id: 'f', mediaType: 'image/png' })
        const read = Buffer.concat(file?.kind === 'file' ? file.pieces : [])
        expect(read.equals(bytes)).toBe(true)
        expect(row).toEqual({ kind: 'row', table: 'turns', row: turn })
      }),
      { numRuns: 20 },
    )
  })

  test('that is cut off anywhere is known as cut, and what came before is read', () => {
    const lines = whole(
      writeRow('turns', turn),
      ...writeFileLines('f', '', new Uint8Array(10)),
      writeRow('turns', turn),
    )
    for (let length = 1; length < lines.length; length += 1) {
      expect(readAll(lines.slice(0, length)).failure?.kind).toBe('cut')
    }
    const last = writeRow('turns', turn)
    expect(readAll([...lines.slice(0, -2), last.slice(0, 9)]).items.at(-1)).toMatchObject({ kind: 'unreadable' })
  })

  test('from which a line was taken is known as cut', () => {
    const lines = whole(writeRow('turns', turn), writeRow('turns', { ...turn, id: 't2' }))
    expect(readAll(lines.toSpliced(1, 1)).failure).toEqual({ kind: 'cut', lines: 3 })
  })

  test('of a newer version, or of something else, is refused', () => {
    expect(readAll([writeHead({ ...head, version: 2 })]).failure).toEqual({ kind: 'newer', version: 2 })
    for (const other of [[], [''], ['{"name":"a card"}'], ['no JSON'], ['[1]'], ['{"subtext":"chat","version":1}']]) {
      expect(readAll(other).failure).toEqual({ kind: 'not-a-backup' })
    }
  })

  test.each([
    ['{"table":"keys","row":{"connectionId":"k","key":"sk"}}', /no table/],
    ['{"table":"turns","row":{"id":"t"}}', /no row of turns/],
    ['{"table":"turns","row":null}', /no row of turns/],
    ['{"table":"characters","row":{"id":7}}', /no row of characters/],
    ['{', /no JSON/],
    ['{"piece":"AAAA"}', /no table/],
  ])('names a line that is of no use: %s', (line, why) => {
    const { items, failure } = readAll(whole(line, writeRow('turns', turn)))
    expect(failure).toBeUndefined()
    expect(items.slice(1)).toEqual([
      { kind: 'unreadable', line: 2, why: expect.stringMatching(why) },
      { kind: 'row', table: 'turns', row: turn },
    ])
  })

  test('names a file that is not whole', () => {
    const [start = ''] = writeFileLines('f', '', new Uint8Array(10))
    const { items } = readAll(whole(start, '{"piece":"!!"}', writeRow('turns', turn)))
    expect(items[1]).toEqual({ kind: 'unreadable', line: 2, why: 'begins a file that is not whole' })
    expect(items[2]?.kind).toBe('row')
  })

  test('never throws, whatever the lines', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant(writeRow('turns', turn)),
      fc.constant('{"file":"f","size":3}'),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { items } = readAll([writeHead(head), ...lines.map((one) => one.replaceAll('\n', ' '))])
        expect(items.length).toBeLessThanOrEqual(1 + 2 * lines.length)
      }),
    )
  })
})

test('rows of every table are checked, whatever they are', () => {
  fc.assert(
    fc.property(fc.constantFrom(...backupTables), fc.jsonValue(), (table, value) => {
      const problem = rowProblem(table, value)
      if (problem === undefined) expect(rowKey(table, value as never)).toBeTruthy()
      else expect(problem).toMatch(/./)
    }),
  )
})
