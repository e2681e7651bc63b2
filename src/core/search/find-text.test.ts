import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countFinds, createNeedle, findRanges } from './find-text.ts'
import { fold } from './fold.ts'

function found(source: string, typed: string): readonly string[] {
  const needle = createNeedle(typed)
  return needle ? findRanges(source, needle).map(({ start, end }) => source.slice(start, end)) : []
}

test.each([
  ['The river, the RIVER.', 'river', ['river', 'RIVER']],
  ['Overtaken', 'taken', ['taken']],
  ['a café by the Seine', 'cafe by', ['café by']],
  ['“I’m here,” she said', "i'm here", ['I’m here']],
  ['aaaa', 'aa', ['aa', 'aa']],
  ['nothing', '   ', []],
])('in %j it finds %j', (source, typed, expected) => {
  expect(found(source, typed)).toEqual(expected)
})

test('as many places are marked as are counted, in order and apart from each other', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'e\u0301', ' ', 'ß', 'S', '\u{1F600}'), maxLength: 40 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'e', ' ', 's'), minLength: 1, maxLength: 3 }),
      (source, typed) => {
        const needle = createNeedle(typed)
        if (!needle) return
        const ranges = findRanges(source, needle)
        expect(ranges).toHaveLength(countFinds(fold(source), needle))
        for (const [index, { start, end }] of ranges.entries()) {
          expect(start).toBeLessThan(end)
          expect(fold(source.slice(start, end))).toContain(needle.text)
          expect(start).toBeGreaterThanOrEqual(ranges[index - 1]?.start ?? 0)
        }
      },
    ),
  )
})
