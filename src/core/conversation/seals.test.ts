import { expect, test } from 'vitest'
import type { Segment } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { breakSeal, countBroken, type isSealed, withoutSealed } from './seals.ts'

const turnId = 't' as TurnId
const segments: readonly Segment[] = [
  { layer: 'system_thinking', text: 'plan', closed: true },
  { layer: 'role_thinking', text: 'one', closed: true },
  { layer: 'speech', text: 'Said.', closed: true },
  { layer: 'role_thinking', text: 'two', closed: true },
]
const textsOf = (seals: Parameters<typeof isSealed>[0]) =>
  withoutSealed(seals, turnId, segments).map(({ text }) => text)

test('what is thought and planned is sealed until its own seal is broken; what is said never is', () => {
  expect(textsOf(undefined)).toEqual(['plan', 'one', 'Said.', 'two'])
  const whole = { broken: {} }
  expect(textsOf(whole)).toEqual(['', '', 'Said.', ''])
  const once = breakSeal(whole, turnId, 3)
  expect(textsOf(once)).toEqual(['', '', 'Said.', 'two'])
  expect(countBroken(breakSeal(once, turnId, 3))).toBe(1)
  expect(countBroken(breakSeal(once, 'other' as TurnId, 3))).toBe(2)
})
