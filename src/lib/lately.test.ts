import { expect, test } from 'vitest'
import { lately } from './lately.ts'

const adding = {
  add: async (one: number, other: number) => one + other,
  fail: async () => Promise.reject(new Error('no')),
}

test('the code comes with the first call, once', async () => {
  let loads = 0
  const service = lately(async () => {
    loads += 1
    return adding
  })
  expect(loads).toBe(0)
  expect(await Promise.all([service.add(1, 2), service.add(3, 4)])).toEqual([3, 7])
  await expect(service.fail()).rejects.toThrow('no')
  expect(loads).toBe(1)
})

test('code that could not be had is asked for again', async () => {
  let isThere = false
  const service = lately(async () => {
    if (!isThere) throw new Error('the server is gone')
    return adding
  })
  await expect(service.add(1, 2)).rejects.toThrow('gone')
  isThere = true
  expect(await service.add(1, 2)).toBe(3)
})
