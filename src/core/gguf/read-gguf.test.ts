import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { createTokenCounter } from './count-tokens.ts'
import { type GgufHead, readGguf, readVocabulary } from './read-gguf.ts'
import { tinyModel } from './tiny-model.test-kit.ts'

const model = tinyModel({ contextTokens: 2048 })

function headOf(bytes: Uint8Array): GgufHead {
  const result = readGguf(bytes)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('readGguf', () => {
  test('reads what a head says', () => {
    expect(headOf(model)).toMatchObject({
      architecture: 'qwen3',
      name: 'Tiny random',
      licence: 'mit',
      trainedTokens: 2048,
      // Two layers, one head, sixteen keys and values of two bytes.
      contextBytesPerToken: 2 * 1 * 32 * 2,
      leastBytes: model.length,
    })
    expect(headOf(model).chatTemplate).toContain('<|im_start|>')
  })

  test('wants more of a head that is cut, and never reads beyond it', () => {
    const { length } = model
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length }), (size) => {
        const result = readGguf(model.subarray(0, size))
        if (result.ok) expect(result.value.leastBytes).toBe(length)
        else expect(result.error.kind).toBe('more')
      }),
      { numRuns: 60 },
    )
  })

  test('a part of a split model says which', () => {
    const split = tinyModel({
      fields: [
        ['split.count', { uint: 3 }],
        ['split.no', { uint: 1 }],
      ],
    })
    expect(headOf(split).part).toEqual({ index: 1, count: 3 })
  })

  test('tells what is no GGUF, and what is of a version that nobody reads', () => {
    expect(readGguf(new TextEncoder().encode('<!doctype html>'))).toEqual({ ok: false, error: { kind: 'not-gguf' } })
    const old = model.slice()
    old[4] = 1
    expect(readGguf(old)).toEqual({ ok: false, error: { kind: 'version', version: 1 } })
  })

  test('what is spoiled is refused, in bounded time and memory, whatever it claims', () => {
    const spoils = fc.array(
      fc.tuple(fc.integer({ min: 4, max: 4000 }), fc.constantFrom(0, 1, 8, 9, 0x7f, 0x80, 0xff)),
      { minLength: 1, maxLength: 12 },
    )
    const spoiled = () =>
      fc.assert(
        fc.property(spoils, (changes) => {
          const bytes = model.slice()
          for (const [at, value] of changes) bytes[at] = value
          const result = readGguf(bytes)
          if (!result.ok) expect(['more', 'spoiled', 'version']).toContain(result.error.kind)
          readVocabulary(bytes)
        }),
        { numRuns: 500 },
      )
    expect(cpuTime(spoiled)).toBeLessThan(60_000)
  })

  test('any bytes after the magic are answered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        const bytes = Uint8Array.of(0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0, ...tail)
        expect(typeof readGguf(bytes).ok).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })
})

describe('createTokenCounter', () => {
  const vocabulary = readVocabulary(model)
  const count = vocabulary && createTokenCounter(vocabulary)

  test('counts marks of the template as one, and words by their merges', () => {
    expect(count?.('<|im_start|>')).toBe(1)
    expect(count?.(' the people')).toBe(2)
    expect(count?.('')).toBe(0)
  })

  test('a whole is at most the sum of its characters, and two texts at least one of them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(count?.(text)).toBeLessThanOrEqual(new TextEncoder().encode(text).length)
      }),
      { numRuns: 100 },
    )
  })

  test('does not guess at other tokenizers', () => {
    expect(vocabulary && createTokenCounter({ ...vocabulary, model: 'llama' })).toBeUndefined()
    expect(vocabulary && createTokenCounter({ ...vocabulary, pre: 'somebody' })).toBeUndefined()
  })

  test('a run of one letter is counted in time that grows with it', () => {
    const spent = cpuTime(() => {
      count?.('a'.repeat(40_000))
      count?.(' '.repeat(200_000))
    })
    expect(spent).toBeLessThan(20_000)
  })
})
