import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapePattern } from './escape-pattern.ts'

test('a text matches itself and nothing else, with every flag', () => {
  const text = fc.string({ unit: fc.constantFrom(...'\\^$.*+?()[]{}|/-a😀夜 '), minLength: 1 })
  fc.assert(
    fc.property(text, text, fc.constantFrom('', 'u', 'i'), (one, other, flags) => {
      const whole = new RegExp(`^${escapePattern(one)}$`, flags)
      expect(whole.test(one)).toBe(true)
      expect(whole.test(other)).toBe(one === other)
    }),
  )
})
