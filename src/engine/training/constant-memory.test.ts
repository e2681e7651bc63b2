import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { lineStream } from '#adapters/pack-lines.ts'
import { writeEnd, writeHead, writeRow } from '#core/backup/backup-file.ts'
import { exportTraining } from './export-training.ts'
import { fileSources } from './file-sources.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Chats of a reader and a character in a backup, each of so many characters of text, made as they are asked for. */
async function* backup(chats: number, textLength: number): AsyncGenerator<string> {
  let lines = 2
  yield writeHead({ version: 1, createdAt: 1, counts: {} })
  yield writeRow('characters', {
    id: 'anna',
    document: { spec: 'v3', raw: { data: { name: 'Anna' } } },
    hue: 1,
    origin: 'imported',
    createdAt: 1,
    updatedAt: 1,
  })
  for (let chat = 0; chat < chats; chat += 1, lines += 3) {
    const id = `c${chat}`
    const turn = (place: number, speaker: object, dialect: string) =>
      writeRow('turns', {
        id: `${id}-${place}`,
        conversationId: id,
        parentId: place === 0 ? null : `${id}-${place - 1}`,
        speaker,
        dialect,
        raw: `Night ${chat}. ${'The tide comes in at nine. '.repeat(textLength / 54)}`,
        ending: 'complete',
        createdAt: 1,
      })
    yield writeRow('conversations', {
      id,
      characterId: 'anna',
      title: `Night ${chat}`,
      headId: `${id}-1`,
      createdAt: 1,
      updatedAt: 1,
    })
    yield turn(0, { kind: 'user' }, 'player')
    yield turn(1, { kind: 'character', characterId: 'anna' }, 'her')
  }
  yield writeEnd(lines)
}

test('however much goes through an export, no more of it is in memory', { timeout: 60_000 }, async () => {
  const file = { name: 'backup.jsonl', lines: () => backup(60, 60_000) }
  const { lines, report } = exportTraining({
    sources: fileSources([file], (_, sentence) => expect.unreachable(sentence)),
    choice: { shape: 'sft_single_turn', branches: 'all', replace: (text) => text },
  })
  // As a file on disk and a file of the page are written: bytes, asked for as they are taken.
  let taken = 0
  let atFirst: number | undefined
  let most = 0
  for await (const piece of lineStream(lines) as unknown as AsyncIterable<Uint8Array>) {
    taken += piece.length
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    if (taken > 500_000) atFirst ??= heapUsed + arrayBuffers
    if (atFirst !== undefined) most = Math.max(most, heapUsed + arrayBuffers - atFirst)
  }
  expect(report()).toMatchObject({ chats: 60, rows: 60, dropped: {} })
  expect(taken).toBeGreaterThan(3_500_000)
  expect(most).toBeLessThan(1_000_000)
})
