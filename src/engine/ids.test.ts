import { expect, test } from 'vitest'
import { createIdSource } from './ids.ts'

test('ids sort in the order they were made, also when the clock stands still or steps back', () => {
  const times = [5, 5, 5, 9, 3, 3, 10]
  const createId = createIdSource(
    () => times.shift() ?? 11,
    (length) => crypto.getRandomValues(new Uint8Array(length)),
  )
  const ids = Array.from({ length: 2000 }, createId)
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})
