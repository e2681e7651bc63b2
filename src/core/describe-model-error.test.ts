import { describe, expect, test } from 'vitest'
import { describeModelError } from './describe-model-error.ts'
import { guessServerKind } from './guess-server-kind.ts'
import type { ModelError } from './model-error.ts'

const baseUrl = 'http://localhost:8000/v1'
const origin = 'https://app.example'

/** One of each kind: the record makes a forgotten kind a type error. */
const oneOfEach: { readonly [Kind in ModelError['kind']]: Extract<ModelError, { kind: Kind }> } = {
  'bad-address': { kind: 'bad-address', address: 'hello' },
  unreachable: { kind: 'unreachable', baseUrl },
  cors: { kind: 'cors', baseUrl, origin },
  'mixed-content': { kind: 'mixed-content', baseUrl },
  'local-network': { kind: 'local-network', baseUrl },
  'wrong-path': { kind: 'wrong-path', baseUrl, status: 404 },
  unauthorized: { kind: 'unauthorized', hasKey: true },
  'unknown-model': { kind: 'unknown-model', model: 'her' },
  'rate-limited': { kind: 'rate-limited', retryAfterMs: 2000 },
  loading: { kind: 'loading' },
  'context-too-long': { kind: 'context-too-long', promptTokens: 5000, contextTokens: 4096 },
  rejected: { kind: 'rejected', status: 400, detail: 'no' },
  'server-error': { kind: 'server-error', status: 500 },
  stalled: { kind: 'stalled', silentMs: 60_000 },
  cut: { kind: 'cut' },
  empty: { kind: 'empty' },
  'in-page': { kind: 'in-page', problem: 'broken' },
  unsealed: { kind: 'unsealed', thoughts: 1, lines: 2 },
  'storage-full': { kind: 'storage-full' },
}

describe('describeModelError', () => {
  test.each(Object.values(oneOfEach))('$kind has a title, a sentence and a remedy', (error) => {
    const { title, sentence, remedy } = describeModelError(error)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(sentence).toMatch(/^[A-Z“].*[.”]$/s)
    expect(remedy).toMatch(/^[A-Z].*\.$/s)
    expect(sentence + remedy).not.toMatch(/undefined|null|NaN|\[object/)
  })

  test.each([
    ['vllm', `--allowed-origins '["${origin}"]'`],
    ['llamacpp', `--cors-origins "${origin}"`],
    ['ollama', `OLLAMA_ORIGINS=${origin}`],
    ['lmstudio', 'lms server start --cors'],
  ] as const)('names the flag that opens %s', (kind, flag) => {
    const { remedy, command } = describeModelError(oneOfEach.cors, kind)
    expect(`${remedy} ${command}`).toContain(flag)
  })

  test('guesses the server by its port, where it is not known', () => {
    const ollama = { ...oneOfEach.cors, baseUrl: 'http://localhost:11434/v1' }
    expect(describeModelError(ollama).command).toContain('ollama serve')
    expect(describeModelError(ollama, 'other').command).toContain('ollama serve')
    expect(describeModelError({ ...oneOfEach.cors, baseUrl: 'http://localhost:9/v1' }).remedy).toContain(
      'OLLAMA_ORIGINS',
    )
  })

  test('says what the server said, shortened', () => {
    const { sentence } = describeModelError({ kind: 'rejected', status: 400, detail: 'x'.repeat(1000) })
    expect(sentence).toContain('x'.repeat(300))
    expect(sentence.length).toBeLessThan(400)
  })

  test('tells what another try waits for', () => {
    expect(describeModelError(oneOfEach['rate-limited'])).toMatchObject({ retry: 'after', retryAfterMs: 2000 })
    expect(describeModelError(oneOfEach.cut).retry).toBe('now')
    expect(describeModelError(oneOfEach.unauthorized).retry).toBe('settings')
    expect(describeModelError(oneOfEach['context-too-long']).retry).toBe('prompt')
    expect(describeModelError(oneOfEach['storage-full']).retry).toBe('storage')
  })

  test('counts seconds', () => {
    expect(describeModelError({ kind: 'stalled', silentMs: 60_000 }).sentence).toContain('60 seconds')
    expect(describeModelError({ kind: 'rate-limited', retryAfterMs: 400 }).sentence).toContain('1 second.')
  })
})

test('guessServerKind goes by host and port', () => {
  expect(guessServerKind('https://openrouter.ai/api/v1')).toBe('openrouter')
  expect(guessServerKind('https://api.openai.com/v1')).toBe('openai')
  expect(guessServerKind('https://notopenai.com/v1')).toBe('other')
  expect(guessServerKind('http://127.0.0.1:8080')).toBe('llamacpp')
  expect(guessServerKind('nonsense')).toBe('other')
})
