import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoTime, utcTime } from './calendar.ts'

test('agrees with the calendar of the engine', () => {
  const moments = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31) })
  fc.assert(
    fc.property(moments, (ms) => {
      const date = new Date(ms)
      expect(isoTime(ms)).toBe(date.toISOString())
      expect(
        utcTime(
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
          date.getUTCMilliseconds(),
        ),
      ).toBe(ms)
    }),
  )
})

test('knows leap days, and what is no date of ours', () => {
  expect(isoTime(utcTime(2024, 2, 29))).toBe('2024-02-29T00:00:00.000Z')
  expect(isoTime(utcTime(2100, 3, 1) - 1)).toBe('2100-02-28T23:59:59.999Z')
  expect([isoTime(Number.NaN), isoTime(Number.POSITIVE_INFINITY), isoTime(8.64e15)]).toEqual(['', '', ''])
})
