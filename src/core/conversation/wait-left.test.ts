import fc from 'fast-check'
import { expect, test } from 'vitest'
import { waitLeft } from './wait-left.ts'

test('a wait ends when it would have ended, however late one looks', () => {
  expect(waitLeft(30_000, 1_000_000, 1_000_000)).toBe(30_000)
  expect(waitLeft(30_000, 1_000_000, 1_020_000)).toBe(10_000)
  expect(waitLeft(30_000, 1_000_000, 1_030_000)).toBe(0)
  expect(waitLeft(undefined, 1_000_000, 1_000_000)).toBe(0)
})

test('a clock that was moved makes no wait longer than it was asked for, and none less than nothing', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (asked, failedAt, now) => {
      const left = waitLeft(asked, failedAt, now)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(left).toBeLessThanOrEqual(asked)
    }),
  )
})
