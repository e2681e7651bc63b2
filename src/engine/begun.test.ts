import { describe, expect, test } from 'vitest'
import { begun } from './begun.ts'

describe('a generator that has begun', () => {
  test('is at its first value before anyone asks, and gives all of them in order', async () => {
    const log: string[] = []
    const values = begun(count(3, log))
    await Promise.resolve()
    expect(log).toEqual(['1'])
    expect(await all(values)).toEqual([1, 2, 3])
    expect(log).toEqual(['1', '2', '3', 'left'])
  })

  test('is left like any other', async () => {
    const log: string[] = []
    for await (const value of begun(count(3, log))) if (value === 2) break
    expect(log).toEqual(['1', '2', 'left'])
  })

  test('fails where it is gone through, at its first value too', async () => {
    const values = begun(
      // biome-ignore lint/correctness/useYield: it fails before its first value
      (async function* (): AsyncGenerator<number> {
        throw new Error('nothing')
      })(),
    )
    await new Promise((resolve) => setTimeout(resolve))
    await expect(all(values)).rejects.toThrow('nothing')
  })
})

async function* count(last: number, log: string[]): AsyncGenerator<number> {
  try {
    for (let value = 1; value <= last; value += 1) {
      log.push(String(value))
      yield value
    }
  } finally {
    log.push('left')
  }
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = []
  for await (const value of values) list.push(value)
  return list
}
