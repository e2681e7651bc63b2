import { describe, expect, test } from 'vitest'
import { failureOfResponse } from './response-failure.ts'

const asked = { baseUrl: 'http://localhost:8000/v1', model: 'her' }

function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return failureOfResponse({ status, headers: new Headers(headers), text }, asked, Date.UTC(2026, 0, 1, 12))
}

describe('a prompt that is too long, in the words of', () => {
  const sentences: readonly (readonly [string, unknown, Record<string, number>])[] = [
    [
      'vLLM, older',
      {
        error: {
          message:
            "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion). Please reduce the length.",
          param: 'input_tokens',
          code: 400,
        },
      },
      { contextTokens: 4096, promptTokens: 4000 },
    ],
    [
      'vLLM, newer',
      {
        error: {
          message:
            "This model's maximum context length is 4096 tokens. However, you requested 1024 output tokens and your prompt contains at least 3073 input tokens, for a total of at least 4097 tokens.",
        },
      },
      { contextTokens: 4096, promptTokens: 3073 },
    ],
    [
      'SGLang',
      {
        object: 'error',
        message: "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
        code: 400,
      },
      { contextTokens: 4096, promptTokens: 5000 },
    ],
    [
      'llama.cpp',
      {
        error: {
          code: 400,
          message: 'request (12010 tokens) exceeds the available context size (2048 tokens)',
          type: 'x',
        },
      },
      { contextTokens: 2048, promptTokens: 12_010 },
    ],
    [
      'OpenRouter',
      { error: { code: 400, message: 'Too long', metadata: { error_type: 'context_length_exceeded' } } },
      {},
    ],
    ['OpenAI', { error: { message: 'Your input exceeds the limit.', code: 'context_length_exceeded' } }, {}],
  ]
  test.each(sentences)('%s', (_, body, sizes) => {
    const error = failure(400, body)
    expect(error.kind).toBe('context-too-long')
    expect(error).toMatchObject(sizes)
    if (Object.keys(sizes).length === 0) expect(error).not.toHaveProperty('contextTokens')
  })
})

describe('every shape of an error is read', () => {
  test.each([
    [{ error: { message: 'so' } }],
    [{ error: 'so' }],
    [{ object: 'error', message: 'so', code: 400 }],
    [{ detail: 'so' }],
    [{ text: 'so' }],
    ['so'],
  ])('%j', (body) => {
    expect(failure(400, body)).toEqual({ kind: 'rejected', status: 400, detail: 'so' })
  })

  test('a web page gives its title', () => {
    expect(failure(524, '<html><title>A timeout\n occurred</title>')).toEqual({
      kind: 'server-error',
      status: 524,
      detail: 'A timeout occurred',
    })
    expect(failure(404, '<html><body>no such model</body>')).toMatchObject({ kind: 'wrong-path', status: 404 })
  })

  test('senseless bodies are no trouble', () => {
    for (const body of ['', 'null', '[]', '7', '{"error":{"message":{"a":1}}}', '{"error":null}']) {
      expect(failure(500, body)).toMatchObject({ kind: 'server-error', status: 500 })
    }
  })
})

describe('the kinds', () => {
  test.each([
    [401, { error: 'Unauthorized' }, 'unauthorized'],
    [403, { error: { message: 'no' } }, 'unauthorized'],
    [403, { error: { message: 'flagged', metadata: { reasons: ['x'] } } }, 'rejected'],
    [402, { error: { message: 'Insufficient credits' } }, 'rejected'],
    [404, { error: { message: 'The model `x` does not exist.', type: 'NotFoundError' } }, 'unknown-model'],
    [404, { error: { message: 'model "x" not found, try pulling it first' } }, 'unknown-model'],
    [404, { error: { message: 'File Not Found', type: 'not_found_error' } }, 'wrong-path'],
    [405, { detail: 'Method Not Allowed' }, 'wrong-path'],
    [400, { error: { message: 'x is not a valid model ID' } }, 'unknown-model'],
    [429, { error: { message: 'slow down' } }, 'rate-limited'],
    [429, { error: { message: 'no money', code: 'insufficient_quota' } }, 'rejected'],
    [503, { error: { message: 'Loading model', type: 'unavailable_error' } }, 'loading'],
    [503, { error: { message: 'overloaded_error' } }, 'server-error'],
    [502, 'Bad Gateway', 'server-error'],
    [422, { detail: [{ loc: ['body', 'messages', 0], msg: 'Field required' }] }, 'rejected'],
  ] as const)('%i %j is %s', (status, body, kind) => {
    expect(failure(status, body).kind).toBe(kind)
  })
})

describe('Retry-After', () => {
  test.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '999999999' }, 86_400_000],
    [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    [{}, undefined],
  ])('%j is %s ms', (headers, expected) => {
    const error = failure(429, '', headers as Record<string, string>)
    expect(error.kind === 'rate-limited' && error.retryAfterMs).toBe(expected)
  })
})
