import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inParallel } from './in-parallel.ts'

test('each is done once, never more than the limit at a time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), async (waits, limit) => {
      const done: number[] = []
      let running = 0
      let most = 0
      await inParallel([...waits.entries()], limit, async ([place, wait]) => {
        running += 1
        most = Math.max(most, running)
        for (let tick = 0; tick <= wait; tick += 1) await Promise.resolve()
        running -= 1
        done.push(place)
      })
      expect(done.toSorted((a, b) => a - b)).toEqual([...waits.keys()])
      expect(most).toBe(Math.min(limit, waits.length))
    }),
  )
})

test('after a failure, and after it was stopped, nothing more is begun', async () => {
  const begun: number[] = []
  const failing = inParallel([1, 2, 3, 4], 2, async (item) => {
    begun.push(item)
    await Promise.resolve()
    if (item === 1) throw new Error('one')
  })
  await expect(failing).rejects.toThrow('one')
  expect(begun).toEqual([1, 2])
  const aborter = new AbortController()
  const seen: number[] = []
  await inParallel(
    [1, 2, 3],
    1,
    async (item) => {
      seen.push(item)
      if (item === 2) aborter.abort()
    },
    aborter.signal,
  )
  expect(seen).toEqual([1, 2])
})
