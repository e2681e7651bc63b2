import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

/**
 * Plays an endpoint that takes `capacity` requests at once and answers each after 100 ms. Gives how many it answered and
 * how many it refused, in `ms` milliseconds.
 */
function play(capacity: number, most: number, ms: number, retryAfterMs?: number) {
  const gate = createGate(most)
  let [answered, refused, highest] = [0, 0, 0]
  const ends: number[] = []
  for (let now = 0; now < ms; now += 1) {
    while (ends[0] !== undefined && ends[0] <= now) {
      ends.shift()
      answered += 1
      gate.succeed()
    }
    while (gate.isOpen(now)) {
      gate.begin()
      highest = Math.max(highest, gate.inFlight)
      if (ends.length < capacity) ends.push(now + 100)
      else {
        refused += 1
        gate.refuse(now, retryAfterMs)
      }
    }
  }
  return { answered, refused, highest }
}

test('an endpoint is kept full and is seldom asked for more, whatever it takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (capacity) => {
      const { answered, refused } = play(capacity, 64, 30_000)
      expect(answered).toBeGreaterThan(0.93 * capacity * 300)
      expect(refused).toBeLessThan(60)
    }),
    { numRuns: 60 },
  )
})

test('no more is asked of it than was allowed', () => {
  expect(play(100, 7, 5000)).toMatchObject({ refused: 0, highest: 7 })
  expect(play(100, 80, 20_000)).toMatchObject({ refused: 0, highest: 80 })
})

test('an endpoint that says when to come again is left alone until then', () => {
  const gate = createGate(4)
  gate.begin()
  gate.refuse(1000, 5000)
  expect(gate.isOpen(5999)).toBe(false)
  expect(gate.isOpen(6000)).toBe(true)
})

test('an endpoint that is away is tried again, less and less often, and one failure of many counts once', () => {
  const gate = createGate(16)
  const waits: number[] = []
  for (let now = 0; waits.length < 10; now = gate.closedUntil) {
    for (let count = 0; count < 16; count += 1) gate.begin()
    for (let count = 0; count < 16; count += 1) gate.fail(now)
    waits.push(gate.closedUntil - now)
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  gate.begin()
  gate.succeed()
  gate.begin()
  gate.fail(1e9)
  expect(gate.closedUntil).toBe(1e9 + 500)
})
