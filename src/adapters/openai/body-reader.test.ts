import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { type BodyEvent, createBodyReader } from './body-reader.ts'

function read(contentType: string, ...chunks: readonly string[]): BodyEvent[] {
  const reader = createBodyReader(contentType)
  return [...chunks.flatMap((chunk) => [...reader.push(chunk)]), ...reader.finish()]
}

const data = (text: string): BodyEvent => ({ type: 'data', data: text, isError: false })

describe('createBodyReader', () => {
  test('passes comments on, and marks error events', () => {
    expect(read('text/event-stream', ': hi\n\nevent: error\ndata: no\n\n')).toEqual([
      { type: 'comment' },
      { type: 'data', data: 'no', isError: true },
    ])
  })

  test('takes a bare JSON line inside a stream for an event', () => {
    expect(read('text/event-stream', 'data: 1\n\n{"error":"out of memory"}\n')).toEqual([
      data('1'),
      data('{"error":"out of memory"}'),
    ])
  })

  test('judges a body without a useful type by its first character', () => {
    expect(read('', '  \n', 'data: 1\n\n')).toEqual([data('1')])
    expect(read('text/plain', '{"a":1}\n{"b":2}\n')).toEqual([data('{"a":1}'), data('{"b":2}')])
    expect(read('application/json', '[\n1\n]')).toEqual([data('[\n1\n]')])
    expect(read('application/octet-stream', '\n<html>', 'hi')).toEqual([{ type: 'page', text: '<html>hi' }])
    expect(read('text/html', '')).toEqual([])
  })

  test.each(['text/event-stream', 'application/json'])('gives up on %s without an end', (contentType) => {
    const reader = createBodyReader(contentType)
    const block = contentType === 'application/json' ? '{'.repeat(2 ** 20) : `data: ${'x'.repeat(2 ** 20)}`
    const events = Array.from({ length: 17 }, () => reader.push(block)).flat()
    expect(events.at(-1)).toEqual({ type: 'flood' })
  })

  test('one document in tiny slices costs no more than its length', () => {
    const reader = createBodyReader('application/json')
    const spent = cpuTime(() => {
      reader.push('{\n')
      for (let index = 0; index < 300_000; index += 1) reader.push(index % 10 === 0 ? '\n' : '"')
    })
    // Text that is joined anew with each slice would need hours.
    expect(spent).toBeLessThan(20_000)
  })
})
