import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { untestedCapabilities } from '#core/connection.ts'
import { connectionTo, greeting, tryModel } from '../../../e2e/model-server/try-model.ts'
import { createOpenAiModel } from './openai-model.ts'

const delta = (content: string, more = '') =>
  `{"choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}}}]${more}}`

/** Streams with everything a slice can fall into: tags, characters of two to four bytes, line ends of each kind. */
const bodies: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  'events with LF': {
    type: 'text/event-stream',
    body: [
      ': wait\n\n',
      'data: {"choices":[{"delta":{"role":"assistant","content":null}}]}\n\n',
      `data: ${delta('<sy')}\n\ndata: ${delta('stem_thinking>Élise 夜明け 👩‍🚀 <3')}\n\n`,
      'data: {"choices":[{"delta":{"reasoning_content":"naïve — “so”"}}]}\n\n',
      `data:${delta('</system_thinking>Hm.')}\nid: 4\n\ndata: {"choices":[],"usage":{"prompt_tokens":3}}\n\n`,
      'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    ].join(''),
  },
  'events with CR LF and two data lines': {
    type: 'text/event-stream; charset=utf-8',
    body: `data: {"choices":\r\ndata: [{"delta":{"content":"桜"},"finish_reason":"stop"}]}\r\n\r\n: bye\r\n\r\n`,
  },
  'events that forget their content type and the last blank line': {
    type: 'text/plain',
    body: `\n\ndata: ${delta('one')}\n\ndata: ${delta('two')}\ndata: [DONE]`,
  },
  'one object a line': {
    type: 'application/x-ndjson',
    body: `${delta('Élise')}\n${delta(' 👩‍🚀')}\n{"choices":[{"delta":{},"finish_reason":"length"}]}`,
  },
  'one document over several lines': {
    type: 'application/json',
    body: '{\n "choices": [\n {"message": {"content": "夜明け"},\n "finish_reason": "stop"}\n ]\n}\n',
  },
  'an error in the middle': {
    type: 'text/event-stream',
    body: `data: ${delta('Hm')}\n\nevent: error\ndata: {"message":"the end"}\n\ndata: ${delta('late')}\n\n`,
  },
  'a stream that is cut': { type: 'text/event-stream', body: `data: ${delta('Hm')}\n\ndata: {"choices":[{"del` },
  'a page': { type: 'text/html', body: '<!doctype html><title>Élise’s router</title>' },
}

async function read(slices: readonly Uint8Array[], type: string, prefill?: string) {
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      for (const slice of slices) stream.enqueue(slice)
      stream.close()
    },
  })
  const capabilities = { ...untestedCapabilities, prefill: 'trailing' as const }
  const model = createOpenAiModel({
    connection: connectionTo('http://localhost:1', { capabilities }),
    fetch: async () => new Response(body, { headers: { 'content-type': type } }),
    origin: 'http://localhost',
  })
  const { parts, error } = await tryModel(model, { ...greeting, ...(prefill && { prefill }) })
  return { parts, error }
}

function slice(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end))
}

describe('any slicing of the bytes gives the same parts', () => {
  test.each(Object.entries(bodies))('%s', async (_, { type, body }) => {
    const bytes = new TextEncoder().encode(body)
    const whole = await read([bytes], type)
    expect(whole.parts.length).toBeGreaterThan(0)
    const byteByByte = await read(
      Array.from(bytes, (_byte, index) => bytes.slice(index, index + 1)),
      type,
    )
    expect(byteByByte).toEqual(whole)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        expect(await read(slice(bytes, cuts), type)).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })

  test('and no slicing lets an echo through', async () => {
    const prefill = '<system_thinking>Élise'
    const body = `data: ${delta('<system_thinking>Élise turns')}\n\ndata: ${delta(' away', ',"x":1')}\n\ndata: [DONE]\n\n`
    const bytes = new TextEncoder().encode(body)
    const { parts } = await read(
      Array.from(bytes, (_byte, index) => bytes.slice(index, index + 1)),
      'text/event-stream',
      prefill,
    )
    const text = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
    expect(text).toBe(' turns away')
  })
})

test('what the bodies hold is read right', async () => {
  const texts = await Promise.all(
    Object.values(bodies).map(async ({ type, body }) => {
      const { parts, error } = await read([new TextEncoder().encode(body)], type)
      const text = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
      return [text, error?.kind ?? parts.map((part) => (part.type === 'stream-end' ? part.finishReason : '')).join('')]
    }),
  )
  expect(texts).toEqual([
    ['<system_thinking>Élise 夜明け 👩‍🚀 <3</system_thinking>Hm.', 'stop'],
    ['桜', 'stop'],
    ['onetwo', 'stop'],
    ['Élise 👩‍🚀', 'length'],
    ['夜明け', 'stop'],
    ['Hm', 'server-error'],
    ['Hm', 'cut'],
    ['', 'wrong-path'],
  ])
})
