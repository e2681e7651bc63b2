import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrap, difference } from './bootstrap.ts'
import { placeFlaw } from './place-flaw.ts'
import { presets } from './preset.ts'
import { readChoice } from './read-choice.ts'
import { readJudgement } from './read-judgement.ts'
import { averagesOf, byDimension, dimensionScore, severitySum } from './score.ts'

const dimension = 'Anthropomorphism'
const flaw = { instance: 'He says ‘Well.’ twice', type: 'Self-identity', severity: 3 }
const whole = JSON.stringify({ [dimension]: { flaws: [flaw] } })

describe('a judge’s answer', () => {
  test.each([
    ['plain', whole],
    ['in a fence, with words around it', `Here you are:\n\`\`\`json\n${whole}\n\`\`\`\nI hope {this} helps.`],
    ['thought about before', `<think>{"${dimension}": {"flaws": []}}</think>${whole}`],
    ['a comma too many', whole.replace('3}]', '3,},]')],
    ['the flaws alone', JSON.stringify({ flaws: [flaw] })],
    ['a list in the place of an object', JSON.stringify({ [dimension.toLowerCase()]: [flaw] })],
  ])('%s', (_, answer) => {
    expect(readJudgement(answer, dimension)).toEqual([flaw])
  })

  test('quotes that were not escaped', () => {
    const answer = `{"${dimension}": {"flaws": [{"instance": "He says "Well." twice", "type": "Self-identity", "severity": 3}]}}`
    expect(readJudgement(answer, dimension)).toEqual([{ ...flaw, instance: 'He says "Well." twice' }])
  })

  test.each([
    ['nothing', ''],
    ['a refusal', 'I’m sorry, I can’t judge that.'],
    ['broken off in a flaw', whole.slice(0, 60)],
    ['broken off between flaws', `${whole.slice(0, -3)},`],
    ['flaws that are no list', JSON.stringify({ [dimension]: { flaws: 'none' } })],
    ['another dimension and more', JSON.stringify({ other: { flaws: [] }, one: 2 })],
  ])('not from %s', (_, answer) => {
    expect(readJudgement(answer, dimension)).toBeUndefined()
  })

  test('never throws', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"flaws"', ':', ',', '"', '\\', `"${dimension}"`, '3', 'x', '```')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (answer) => {
          const flaws = readJudgement(answer, dimension)
          expect(flaws === undefined || Array.isArray(flaws)).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('a score', () => {
  const flawsOf = (...severities: (number | undefined)[]) =>
    severities.map((severity) => ({ instance: '', type: '', ...(severity !== undefined && { severity }) }))

  test('what counts as severity is the preset’s business', () => {
    const flaws = flawsOf(2, 2.5, undefined)
    expect(severitySum(flaws, presets['coser-2025-02'])).toBe(3)
    expect(severitySum(flaws, presets['her-2026'])).toBe(4.5)
  })

  test('lies between 0 and 100 and rises with rounds', () => {
    expect(dimensionScore(flawsOf(), 10, presets['her-2026'])).toBe(100)
    expect(dimensionScore(flawsOf(10, 10, 10), 2, presets['her-2026'])).toBe(0)
    expect(dimensionScore(flawsOf(5), 2, presets['her-2026'])).toBe(78)
  })

  test('a dimension without a score is left out of its mean, and of the average when none is left', () => {
    const scored = (score: number | undefined) => ({
      judgements: byDimension(() => ({
        state: 'judged' as const,
        flaws: [],
        asked: 1,
        ...(score !== undefined && { score }),
      })),
      bleu: 0.5,
      rougeL: 0.25,
    })
    expect(averagesOf([scored(50), scored(undefined), scored(70)])).toMatchObject({ average: 60, bleu: 0.5 })
    expect(averagesOf([scored(undefined)])).toMatchObject({ average: undefined, rougeL: 0.25 })
  })
})

describe('who is next', () => {
  const names = ['Edgar', 'Edgar Linton', 'The "Old" Duke', 'Environment', 'Mr. Jr.']
  test.each([
    ['1. Reasoning: Edgar has spoken.\n2. **Next Speaker:** Environment', 'Environment'],
    ['**Next Speaker**: `Edgar Linton`.', 'Edgar Linton'],
    ['Next speaker: The "Old" Duke', 'The "Old" Duke'],
    ['Next speaker is Mr. Jr.', 'Mr. Jr.'],
    ['It is his turn. Next Speaker: Edgar', 'Edgar'],
    ['Next Speaker: Edgar Linton, since Edgar asked', 'Edgar Linton'],
    ['Edgar', 'Edgar'],
    ['Next Speaker: <END CHAT>', '<END CHAT>'],
    ['Next Speaker: random', undefined],
    ['Edgar should answer Environment.', undefined],
    ['Next Speaker: Heathcliff', undefined],
    ['', undefined],
  ])('%s', (answer, expected) => {
    expect(readChoice(answer, names)).toBe(expected)
  })
})

describe('the line a flaw is about', () => {
  const lines = [
    'Anna: (closes the ledger) Fine, have it your way.',
    'Boris: You know I never took it.',
    'Anna: I’ll say it again: fine.',
  ]
  test.each([
    ["'Fine, have it your way' is too soft for her", 0],
    ['Boris says "you know that I never took it", which is out of character', 1],
    ['He denies it: You know I never took it', 1],
    ['“I’ll say it again” repeats', 2],
    ['The characters are stiff.', undefined],
    ['', undefined],
  ])('%s', (instance, place) => {
    expect(placeFlaw(instance, lines)).toBe(place)
  })
})

describe('intervals', () => {
  test('hold the mean, are the same again, and shrink to nothing where all are alike', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 }), (values) => {
        const interval = bootstrap(values, 'seed')
        if (!interval) throw new Error('no interval')
        expect(interval).toEqual(bootstrap(values, 'seed'))
        expect(interval.low).toBeLessThanOrEqual(interval.high)
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9)
        expect(interval.high).toBeLessThanOrEqual(Math.max(...values) + 1e-9)
      }),
      { numRuns: 20 },
    )
    expect(bootstrap([7, 7, 7], 'x')).toEqual({ mean: 7, low: 7, high: 7, count: 3 })
    expect(bootstrap([], 'x')).toBeUndefined()
  })

  test('of a known spread are where theory has them', () => {
    const values = Array.from({ length: 200 }, (_, index) => index % 100)
    const interval = bootstrap(values, 'spread')
    // The standard error is 28.87 / √200 = 2.04.
    expect(interval?.low).toBeCloseTo(49.5 - 1.96 * 2.04, 0)
    expect(interval?.high).toBeCloseTo(49.5 + 1.96 * 2.04, 0)
  })

  test('case by case where both runs have the same cases', () => {
    const one = new Map(Array.from({ length: 20 }, (_, index) => [`c${index}`, index * 5]))
    const other = new Map([...one].map(([id, value]) => [id, value - 2]))
    expect(difference(one, other, 's')).toMatchObject({ mean: 2, low: 2, high: 2, paired: true })
    other.delete('c0')
    expect(difference(one, other, 's')).toMatchObject({ mean: 2, count: 19, paired: true })
    for (let index = 0; index < 12; index++) other.delete(`c${index}`)
    expect(difference(one, other, 's')).toMatchObject({ count: 8, paired: false })
  })
})
