import { expect, test } from 'vitest'
import { writeEnd, writeHead, writeRow } from '#core/backup/backup-file.ts'
import { coserCase } from '#core/coser/coser.test-kit.ts'
import type { TrainingChoice } from '#core/training/rows-of.ts'
import { multiTurnRow } from '#core/training/training.test-kit.ts'
import { exportTraining } from './export-training.ts'
import { fileSources } from './file-sources.ts'
import { pickRows } from './pick-rows.ts'
import { pickScenes } from './pick-scenes.ts'

const asIs = (text: string) => text

async function* linesOf(texts: Iterable<string>): AsyncGenerator<string> {
  yield* texts
}

/** A backup of one chat with two takes of one answer, of which the second was preferred. */
function backup(): string[] {
  const lines = [
    writeHead({ version: 1, createdAt: 1, counts: {} }),
    writeRow('personas', { id: 'persona', name: 'Clara', description: '' }),
    writeRow('characters', {
      id: 'anna',
      document: { spec: 'v3', raw: { data: { name: 'Anna' } } },
      hue: 1,
      origin: 'imported',
      createdAt: 1,
      updatedAt: 1,
    }),
    writeRow('conversations', {
      id: 'c',
      characterId: 'anna',
      title: 'Night',
      headId: 't3',
      createdAt: 1,
      updatedAt: 1,
    }),
    ...(
      [
        ['t1', null, { kind: 'user' }, 'player', 'Well? [I bluff.]'],
        [
          't2',
          't1',
          { kind: 'character', characterId: 'anna' },
          'her',
          '<system_thinking>A plan.</system_thinking>Fine.',
        ],
        ['t3', 't1', { kind: 'character', characterId: 'anna' }, 'her', '<role_thinking>Never.</role_thinking>No.'],
      ] as const
    ).map(([id, parentId, speaker, dialect, raw]) =>
      writeRow('turns', { id, conversationId: 'c', parentId, speaker, dialect, raw, ending: 'complete', createdAt: 1 }),
    ),
    writeRow('preferences', {
      id: 'p',
      conversationId: 'c',
      parentId: 't1',
      a: 't2',
      b: 't3',
      verdict: 'b',
      by: { kind: 'human', first: 'a', shown: 'words' },
      principles: [],
      createdAt: 1,
    }),
  ]
  return [...lines, writeEnd(lines.length)]
}

async function rowsIn(choice: TrainingChoice) {
  const problems: string[] = []
  const file = { name: 'backup.jsonl', lines: () => linesOf(backup()) }
  const { lines, report } = exportTraining({
    sources: fileSources([file], (_, sentence) => problems.push(sentence)),
    choice,
  })
  const rows: unknown[] = []
  for await (const line of lines) rows.push(JSON.parse(line))
  expect(problems).toEqual([])
  return { rows, report: report() }
}

test('a preferred take and the other are a row; planning that only one has is in neither', async () => {
  const { rows } = await rowsIn({ shape: 'preference', replace: asIs, preferredBy: new Set(['human']) })
  expect(rows).toMatchObject([
    {
      prompt: [{ role: 'system' }, { role: 'user', content: '===Conversation Start===\n\nClara: Well?' }],
      chosen: [{ role: 'assistant', content: 'Anna: <role_thinking>Never.</role_thinking>No.' }],
      rejected: [{ role: 'assistant', content: 'Anna: Fine.' }],
      provenance: { id: 'c/t3/t2', turns: [{ id: 't3' }, { id: 't2' }] },
    },
  ])
  const nobodys = await rowsIn({ shape: 'preference', replace: asIs, preferredBy: new Set(['judge']) })
  expect(nobodys.rows).toEqual([])
})

test('a backup is read line by line, every branch of it', async () => {
  const { rows, report } = await rowsIn({ shape: 'sft_single_turn', branches: 'all', replace: asIs })
  expect(rows).toHaveLength(2)
  expect(report).toMatchObject({ chats: 1, rows: 2, unplanned: 1, dropped: {} })
})

test('of a file of rows only those that are wanted are read', async () => {
  const written = Array.from({ length: 500 }, (_, index) =>
    JSON.stringify(index === 400 ? multiTurnRow : { ...multiTurnRow, messages: [] }),
  )
  const found = await pickRows(linesOf(written), { wanted: 'LEANS in', most: 3 })
  expect(found).toMatchObject({ looked: 500, hasMore: false, scenes: [{ draft: { book: 'The Grey Pier' } }] })
  let asked = 0
  async function* endless() {
    for (;;) {
      asked += 1
      yield written[400] as string
    }
  }
  expect((await pickRows(endless(), { wanted: '', most: 3 })).scenes).toHaveLength(3)
  expect(asked).toBe(4)
})

test('scenes are picked of rows, of one row, and of a document over many lines', async () => {
  const cases = [coserCase, { ...coserCase, scenario: 'A pier in the fog.' }]
  const pick = (texts: readonly string[], wanted = '') =>
    pickScenes({ name: 'data', lines: () => linesOf(texts) }, { wanted, most: 10 })
  for (const texts of [
    cases.map((one) => JSON.stringify(one)),
    JSON.stringify(cases, null, 2).split('\n'),
    [JSON.stringify(cases)],
  ]) {
    expect(await pick(texts)).toMatchObject({ scenes: { length: 2 }, unreadable: 0 })
    expect(await pick(texts, 'in the FOG')).toMatchObject({ scenes: [{ draft: { scenario: 'A pier in the fog.' } }] })
  }
  expect((await pick([JSON.stringify(multiTurnRow)])).scenes).toHaveLength(1)
  expect(await pick(['', 'nonsense'])).toMatchObject({ scenes: [], unreadable: 1 })
})
