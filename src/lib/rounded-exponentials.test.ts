import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundedExp, roundedLog } from './rounded-exponentials.ts'

test('what is known to the last digit', () => {
  expect(roundedLog(1)).toBe(0)
  expect(roundedLog(2)).toBe(Math.LN2)
  expect(roundedLog(0.1)).toBeCloseTo(-Math.LN10, 15)
  expect(roundedExp(0)).toBe(1)
  expect(roundedExp(-1)).toBe(0.36787944117144233)
})

test('never further from the engine’s own than its last bits', () => {
  const ratio = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  const power = fc.double({ min: -700, max: 0, noNaN: true })
  fc.assert(
    fc.property(ratio, power, (x, y) => {
      expect(Math.abs(roundedLog(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(x))))
      expect(Math.abs(roundedExp(y) / Math.exp(y) - 1)).toBeLessThanOrEqual(5e-16)
    }),
  )
})
