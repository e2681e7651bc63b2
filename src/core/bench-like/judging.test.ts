import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { benchSeed } from './bench-like.test-kit.ts'
import type { BenchLine } from './bench-line.ts'
import { benchLines, seedScores, summariseBench } from './bench-summary.ts'
import type { DialogueResult, JudgedStretch } from './dialogue-result.ts'
import { placeMisalignment } from './place-misalignment.ts'
import { readJudgement } from './read-judgement.ts'
import { type DimensionScores, scoresBy } from './rubric.ts'
import { type BenchRun, benchDiffering, publishedRun } from './run-header.ts'
import { readSeeds } from './seed.ts'

const scores = { basics: 95, logic: 80, knowledge: 100, diversity: 70, content_logic: 85, interaction: 90 }
const misalignment = { turn: 4, dimension: 'logic', quote: 'my sister', why: 'He is her brother.' }
const answer = JSON.stringify({ scores, misalignments: [misalignment] }, undefined, 2)

describe('a judge’s answer', () => {
  test('is read in a fence, with words around, with the scores alone, and under other spellings', () => {
    const judged = { scores, misalignments: [misalignment] }
    expect(readJudgement(answer)).toEqual(judged)
    expect(readJudgement(`<think>{"scores": 3}</think>So:\n\`\`\`json\n${answer}\n\`\`\`\nDone.`)).toEqual(judged)
    expect(readJudgement(JSON.stringify(scores))).toEqual({ scores, misalignments: [] })
    const spelled = answer.replace('content_logic', 'Content Logic').replace('"turn": 4', '"turn": "turn 4"')
    expect(readJudgement(spelled)).toEqual(judged)
    expect(readJudgement(answer.replace('95', '"95"'))).toEqual(judged)
  })

  test('without a score, with one out of bounds, or cut off within them it is none', () => {
    expect(readJudgement('No complaints.')).toBeUndefined()
    expect(readJudgement(answer.replace('"logic": 80,', ''))).toBeUndefined()
    expect(readJudgement(answer.replace('95', '195'))).toBeUndefined()
    expect(readJudgement(answer.slice(0, answer.indexOf('90') + 1))).toBeUndefined()
    // What is cut off behind the scores costs a misalignment at most.
    expect(readJudgement(answer.slice(0, answer.indexOf('my sis')))?.scores).toEqual(scores)
  })

  test('is never read as other scores than it has, wherever it is cut off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: answer.length }), (end) => {
        const read = readJudgement(answer.slice(0, end))
        if (read) expect(read.scores).toEqual(scores)
      }),
    )
  })
})

const line = (turn: number, text: string): BenchLine => ({
  turn,
  side: turn % 2 ? 'user' : 'ai',
  name: turn % 2 ? benchSeed.user_name : benchSeed.ai_name,
  text,
  isScripted: false,
  failed: false,
})
const stretch = [
  line(20, 'The lamp is lit and the sea is calm tonight.'),
  line(21, 'You said my sister was here.'),
  line(22, '<role_action>shrugs</role_action>I never had a sister, and you know it.'),
]

describe('a misalignment', () => {
  test.each([
    ['on the turn that was named', { turn: 22, quote: 'never had a sister' }, 22],
    ['where its quote stands, whatever was named', { turn: 20, quote: 'I never had a sister' }, 22],
    ['where its quote stands, though nothing was named', { quote: 'the sea is calm' }, 20],
    ['on the turn named, where its quote stands nowhere', { turn: 20, quote: 'dragons' }, 20],
    ['on none, where neither is one of the character’s', { turn: 21, quote: 'dragons' }, undefined],
  ])('is placed %s', (_, found, place) => {
    expect(placeMisalignment({ why: '', ...found }, stretch)).toBe(place)
  })
})

const run: BenchRun = {
  kind: 'bench-like',
  title: 'night',
  ...publishedRun,
  seed: '42',
  models: { actor: 'a', simulator: 's', judge: 'j' },
  seedIds: ['one', 'two', 'three'],
}
const judged = (value: number): JudgedStretch => ({
  from: 0,
  to: 19,
  state: 'judged',
  scores: scoresBy(() => value),
  misalignments: [],
})
const unreadable: JudgedStretch = { from: 0, to: 19, state: 'unreadable', misalignments: [] }
const result = (index: number, ...stretches: JudgedStretch[]): DialogueResult => ({ index, lines: [], stretches })

describe('a run', () => {
  test('is the mean over stretches, then runs, then seeds; what can’t be read is left out and said', () => {
    const results = new Map([
      ['one', [result(0, judged(100), judged(80), unreadable), result(1, judged(50))]],
      ['two', [result(0, judged(30))]],
      ['three', [result(0, unreadable)]],
    ])
    const summary = summariseBench(run, results)
    // Of the first seed (90 + 50) / 2, of the second 30.
    expect(summary.overall?.mean).toBe(50)
    expect(summary.overall?.count).toBe(2)
    expect(summary).toMatchObject({ unreadable: 2, stretches: 6, seedsWithoutScore: 1, dialogues: 4 })
    const printed = benchLines(summary).join('\n')
    expect(printed).toContain('2 of 6 stretches unreadable')
    expect(printed).toMatch(/^Role-Play-Bench-like /)
    expect(printed).toContain('are not published')
  })

  test('its pillars add up, and lie in their intervals', () => {
    const some = fc.record({
      basics: fc.nat(100),
      logic: fc.nat(100),
      knowledge: fc.nat(100),
      diversity: fc.nat(100),
      content_logic: fc.nat(100),
      interaction: fc.nat(100),
    }) as fc.Arbitrary<DimensionScores>
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 8 }), (all) => {
        const ids = all.map((_, index) => `seed ${index}`)
        const results = new Map(
          all.map((each, index) => [ids[index] as string, [result(0, { ...judged(0), scores: each })]]),
        )
        const { overall, pillars } = summariseBench({ ...run, seedIds: ids }, results)
        const { worlds, stories, preferences } = pillars
        if (!overall || !worlds || !stories || !preferences) throw new Error('no scores')
        expect(overall.mean).toBeCloseTo(0.5 * worlds.mean + 0.25 * stories.mean + 0.25 * preferences.mean, 9)
        for (const { low, mean, high } of [overall, worlds, stories, preferences]) {
          expect(low).toBeLessThanOrEqual(mean + 1e-9)
          expect(high).toBeGreaterThanOrEqual(mean - 1e-9)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('of a seed of which nothing was judged there are no scores', () => {
    expect(seedScores([result(0, unreadable)])).toBeUndefined()
  })
})

test('seeds are read line by line; what is none, and what is there twice, is said', () => {
  const text = [JSON.stringify(benchSeed), '', '{"id": "x"}', 'no JSON', JSON.stringify(benchSeed)].join('\r\n')
  const { seeds, problems } = readSeeds(`\uFEFF${text}`)
  expect(seeds).toEqual([benchSeed])
  expect(problems.map((problem) => problem.slice(0, 7))).toEqual(['Line 3 ', 'Line 4 ', 'Line 5 '])
})

test('runs that were judged in another way can’t be compared, those of another actor can', () => {
  const other = { ...run, runs: 5, models: { ...run.models, actor: 'other', judge: 'other' } }
  expect(benchDiffering(run, run)).toEqual([])
  expect(benchDiffering(run, other).map(({ what, isDecisive }) => [what, isDecisive])).toEqual([
    ['actor', false],
    ['judge', true],
    ['runs', false],
  ])
})
