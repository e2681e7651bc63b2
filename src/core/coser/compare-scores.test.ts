import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference } from './bootstrap.ts'
import { compareScores } from './compare-scores.ts'

const score = fc.integer({ min: 0, max: 100 })
const runs = fc
  .array(fc.record({ first: fc.option(score), other: fc.option(score) }), { maxLength: 12 })
  .map((cases) => {
    const of = (side: 'first' | 'other') =>
      new Map(
        cases.flatMap((one, index) =>
          one[side] === null ? [] : [[`c${index}`, { all: one[side], half: one[side] / 2 }]],
        ),
      )
    return { first: of('first'), other: of('other') }
  })

test('what one run gains the other loses, over the cases both have and no others', () => {
  fc.assert(
    fc.property(runs, ({ first, other }) => {
      const forth = compareScores(first, other, ['all', 'half'], 's')
      const back = compareScores(other, first, ['all', 'half'], 's')
      const shared = [...first.keys()].filter((id) => other.has(id))
      expect(forth.cases.map(({ id }) => id).sort()).toEqual(shared.sort())
      expect([forth.wins, forth.ties, forth.losses]).toEqual([back.losses, back.ties, back.wins])
      expect(forth.measures.map(({ measure }) => measure)).toEqual(shared.length > 0 ? ['all', 'half'] : [])
      for (const [index, one] of forth.measures.entries()) {
        expect(one.difference.mean).toBeCloseTo(-(back.measures[index]?.difference.mean ?? Number.NaN), 9)
        expect(one.difference.mean).toBeCloseTo(one.other - one.first, 9)
        expect(one.difference.count).toBe(shared.length)
        expect(one.isClear).toBe(one.difference.low > 0 || one.difference.high < 0)
      }
    }),
    { numRuns: 30 },
  )
})

test('the whole is drawn as a report draws it: the same runs have one interval', () => {
  const [first, other] = [0, 7].map(
    (step) => new Map([1, 2, 3, 4].map((n) => [`c${n}`, { all: n * 10 + ((n * step) % 5) }])),
  )
  if (!first || !other) throw new Error('no runs')
  const scores = (of: typeof first) => new Map([...of].map(([id, { all }]) => [id, all]))
  const [whole] = compareScores(first, other, ['all'], 'seed').measures
  expect(difference(scores(other), scores(first), 'seed')).toEqual({ ...whole?.difference, paired: true })
})

test('scores that differ by nothing but how they were added up are a tie', () => {
  const first = new Map([['a', { all: 0.1 + 0.2 }]])
  const other = new Map([['a', { all: 0.3 }]])
  expect(compareScores(first, other, ['all'], 's')).toMatchObject({ wins: 0, ties: 1, losses: 0 })
})
