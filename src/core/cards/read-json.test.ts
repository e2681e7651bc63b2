import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { Json } from './card.ts'
import { readJson } from './read-json.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { writeJson } from './write-json.ts'

const json = fc.jsonValue() as fc.Arbitrary<Json>

describe('the parser of good will', () => {
  test('reads all JSON as JSON.parse does, and repairs nothing', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(parseTolerantly(text, 256)).toEqual({ ok: true, value: { value: JSON.parse(text), repairs: [] } })
      }),
      { numRuns: 500 },
    )
  })

  test('keeps __proto__ a key', () => {
    const parsed = parseTolerantly('{"__proto__":{"a":1},}', 256)
    expect(parsed.ok && Object.entries(parsed.value.value as object)).toEqual([['__proto__', { a: 1 }]])
  })

  test('takes any text to a value or a place in that text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\n',
      'a',
      '1',
      '-',
      'e',
      '.',
      'true',
      'null',
      '\\u12',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        const parsed = readJson(text)
        if (parsed.ok || parsed.error.type === 'json-too-many-values') return
        const lines = text.split('\n')
        expect(parsed.error.line).toBeLessThanOrEqual(lines.length)
        expect(parsed.error.column).toBeLessThanOrEqual((lines[parsed.error.line - 1]?.length ?? 0) + 1)
      }),
      { numRuns: 3000 },
    )
  })

  test('does not guess what is missing', () => {
    for (const text of ['{"a":1', '[1 2]', '{"a" 1}', '{,}', '[,1]', '[1,,2]', "{'a':1}", 'nul', '-', '01', '']) {
      const parsed = parseTolerantly(text, 256)
      const leftOver = parsed.ok && parsed.value.repairs.some(({ kind }) => kind === 'text-after-end')
      expect([text, parsed.ok && !leftOver]).toEqual([text, false])
    }
  })

  test('counts depth itself, as quotes can hide brackets from the count before', () => {
    expect(parseTolerantly('['.repeat(257), 256)).toMatchObject({
      ok: false,
      error: { type: 'json-too-deep', column: 257 },
    })
  })

  test('takes a text of a million backslashes or quotes in its stride', () => {
    const spent = cpuTime(() => {
      for (const text of ['"\\', '"\\\\', '""', '\\"', '{"a":"b"}', '[,', '"\n']) readJson(text.repeat(500_000))
    })
    expect(spent).toBeLessThan(20_000)
  })
})

describe('the writer', () => {
  test('writes what JSON.stringify writes, in both layouts, but for -0', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value)
        fc.pre(!writeJson(value).includes('-0'))
        expect(writeJson(value)).toBe(text)
        expect(writeJson(value, 'indented')).toBe(JSON.stringify(value, null, 2))
      }),
    )
  })

  test('keeps the numbers that JSON.stringify loses', () => {
    expect(writeJson([-0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe('[-0,1e999,-1e999]')
    expect(JSON.parse('[-0,1e999,-1e999]')).toEqual([-0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  })
})
