import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

test('a short text is shown whole, a long one from before its first find', () => {
  expect(excerptOf('He suspects me.', [{ start: 3, end: 11 }])).toEqual({
    text: 'He suspects me.',
    ranges: [{ start: 3, end: 11 }],
  })
  const long = `${'word '.repeat(100)}found ${'word '.repeat(100)}`
  const { text, ranges } = excerptOf(long, [{ start: 500, end: 505 }])
  expect(text).toMatch(/^…word .*word …$/)
  expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['found'])
})

test('what is marked in an excerpt is what was marked in the text', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 600 })
  fc.assert(
    fc.property(
      texts,
      fc.array(fc.nat(600), { maxLength: 6 }),
      fc.integer({ min: 10, max: 300 }),
      (source, at, length) => {
        const ranges = [...new Set(at)]
          .sort((one, other) => one - other)
          .flatMap((start, index, all) => {
            const end = Math.min(start + 3, all[index + 1] ?? source.length, source.length)
            return start < end ? [{ start, end }] : []
          })
        const excerpt = excerptOf(source, ranges, length)
        const first = ranges[0]
        if (first) expect(excerpt.ranges.length).toBeGreaterThan(0)
        for (const [index, { start, end }] of excerpt.ranges.entries()) {
          const range = ranges[index]
          expect(source.slice(range?.start, range?.end).startsWith(excerpt.text.slice(start, end))).toBe(true)
        }
      },
    ),
  )
})
