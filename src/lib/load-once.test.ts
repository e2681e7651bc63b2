import { expect, test } from 'vitest'
import { loadOnce } from './load-once.ts'

test('what was loaded is kept, and is loading once however often it is asked for', async () => {
  let loads = 0
  const load = loadOnce(async () => {
    loads += 1
    return { loads }
  })
  const [one, other] = await Promise.all([load(), load()])
  expect([one, await load()]).toEqual([other, other])
  expect(loads).toBe(1)
})

test('a failure is told to all who wait, and asked for again by whoever comes next', async () => {
  let loads = 0
  const load = loadOnce(async () => {
    loads += 1
    if (loads === 1) throw new Error('Offline')
    return loads
  })
  expect((await Promise.allSettled([load(), load()])).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await load()).toBe(2)
})
