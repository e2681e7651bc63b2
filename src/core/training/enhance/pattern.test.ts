import { describe, expect, test } from 'vitest'
import { parseReply } from '#core/her/parse.ts'
import { checkDiversity } from './check/diversity.ts'
import { measurePatterns, patternOf } from './pattern.ts'

/** How often each pattern occurs in CoSER's test set (its 2,363 lines of characters), as our reader reads it. */
const coserTestSet = {
  'think→speech': 1157,
  'think→act→speech': 612,
  'think→act': 202,
  'think→speech→act→speech': 126,
  'think→speech→act': 97,
  speech: 37,
  'act→speech': 24,
  'think→act→speech→act': 20,
  'think→act→speech→act→speech': 18,
  'think→act→think': 18,
  act: 9,
  'speech→act': 8,
  'think→speech→act→speech→act→speech': 5,
  'act→think': 3,
  'think→act→act': 3,
  'act→speech→act→speech': 2,
  'act→think→speech': 2,
  'act→think→speech→act→speech': 2,
  think: 2,
  'think→act→speech→think': 2,
  'think→speech→act→think→speech': 2,
  'think→speech→think→speech': 2,
  'act→speech→act': 1,
  'act→think→act→speech': 1,
  'speech→act→speech': 1,
  'speech→think→act→speech': 1,
  'speech→think→speech': 1,
  'think→act→act→speech': 1,
  'think→act→speech→act→speech→act': 1,
  'think→act→think→act': 1,
  'think→speech→act→speech→act': 1,
  'think→speech→think': 1,
}

describe('the measure published with HER', () => {
  test('CoSER’s test set has 2.2633 bits, and 48.96 % of its lines one pattern', () => {
    const patterns = Object.entries(coserTestSet).flatMap(([pattern, count]) => Array<string>(count).fill(pattern))
    const measured = measurePatterns(patterns)
    expect(measured).toMatchObject({ turns: 2363, patterns: { length: 32 } })
    expect(measured.patterns.slice(0, 2)).toEqual([
      { pattern: 'think→speech', count: 1157 },
      { pattern: 'think→act→speech', count: 612 },
    ])
    expect(measured.entropyBits.toFixed(4)).toBe('2.2633')
    expect((measured.topShare * 100).toFixed(2)).toBe('48.96')
  })

  test('each tag is a part, planning and blanks are none', () => {
    const pattern = (raw: string) => patternOf(parseReply(raw, { speaker: 'A' }).segments)
    expect(pattern('<system_thinking>p</system_thinking>A: <role_thinking>t</role_thinking> Yes.')).toBe('think→speech')
    expect(pattern('<role_action>a</role_action> \n <role_action>b</role_action>')).toBe('act→act')
    expect(pattern('No.<role_thinking>t</role_thinking>')).toBe('speech→think')
    expect(measurePatterns([])).toEqual({ turns: 0, patterns: [], entropyBits: 0, topShare: 0 })
    expect(measurePatterns(['a', 'a']).entropyBits).toBe(0)
    expect(measurePatterns(['a', 'b']).entropyBits).toBe(1)
  })
})

test('says when all turns are alike, when there are few patterns, and when one stands in a row', () => {
  const check = (patterns: string[]) => checkDiversity(patterns, measurePatterns(patterns))
  const mixed = ['a', 'b', 'c', 'd', 'e', 'a', 'b', 'c', 'd', 'e']
  expect(check(mixed)).toEqual([])
  expect(check(Array(12).fill('think→speech'))).toEqual([
    'Nearly all turns have one pattern (think→speech: 100 %; 0 bits).',
    'One pattern stands 12 times in a row; twice is the most that is asked for.',
  ])
  expect(check(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'])).toEqual([
    'The turns have 2 patterns; at least 5 are asked for.',
  ])
  expect(check(['a', 'a', 'a'])).toHaveLength(1)
})
