import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { untestedCapabilities } from '#core/connection.ts'
import type { ModelError } from '#core/model-error.ts'
import { type ModelServer, startModelServer } from '../../../e2e/model-server/model-server.ts'
import { connectionTo, greeting, tryModel } from '../../../e2e/model-server/try-model.ts'
import { readModelList } from './model-list.ts'
import { createOpenAiModel } from './openai-model.ts'

const folder = resolve('../shared/data/endpoints')

/** What a real llama-server answered, as curl wrote it down: the command, the headers, the body, the exit. */
function recording(name: string) {
  const text = readFileSync(resolve(folder, name), 'utf8')
  const head = /HTTP\/1\.1 (\d+)[\s\S]*?\r?\n\r?\n/.exec(text)
  const start = head ? head.index + head[0].length : 0
  const contentType = /^content-type: ([^\r\n]+)/im.exec(head?.[0] ?? '')?.[1] ?? ''
  return { status: Number(head?.[1]), contentType, body: text.slice(start).replace(/\n?\[curl exit 0\]\s*$/, '') }
}

describe.skipIf(!existsSync(folder))('recorded answers of a real server (skipped where the recordings are not)', () => {
  let server: ModelServer
  beforeAll(async () => {
    server = await startModelServer({ kind: 'llamacpp' })
  })
  afterAll(() => server.close())

  async function replay(name: string, prefill?: string, split?: 'byte') {
    const capabilities = { ...untestedCapabilities, prefill: 'trailing' as const }
    const connection = connectionTo(server.url, { kind: 'llamacpp', capabilities })
    server.next({ ...recording(name), ...(split && { split }) })
    const model = createOpenAiModel({ connection, fetch, origin: 'http://localhost' })
    return tryModel(model, { ...greeting, ...(prefill && { prefill }) })
  }

  test('a HER reply, token by token', async () => {
    const tried = await replay('01-stream-her.txt')
    expect(tried.error).toBeUndefined()
    expect(tried.text).toMatch(/^<system_thinking>.*<\/system_thinking>/s)
    expect(tried.text).not.toContain('\uFFFD')
    expect(tried.end).toEqual({ type: 'stream-end', finishReason: 'stop' })
  })

  test('its usage', async () => {
    const tried = await replay('02-stream-usage.txt')
    expect(tried.end).toMatchObject({ promptTokens: 23, completionTokens: expect.any(Number) })
  })

  test.each(['03-stream-reasoning.txt', '03d-reasoning-nonstream.txt'])(
    'reasoning beside the content: %s',
    async (name) => {
      const tried = await replay(name)
      expect(tried.reasoning).not.toBe('')
      expect(tried.text).not.toBe('')
      expect(tried.text + tried.reasoning).not.toContain('think>')
    },
  )

  test.each(['04-prefill.txt', '04d-prefill-thinking-on.txt', '04g-prefill-vllm-fields.txt'])(
    'a prefill, echoed or not: %s',
    async (name) => {
      const tried = await replay(name, '<system_thinking>The old bridge')
      expect(tried.text).not.toBe('')
      expect(tried.text).not.toContain('The old bridge')
      expect(tried.text).not.toMatch(/^<system_thinking>/)
      expect(tried.error).toBeUndefined()
    },
  )

  test('an error in the middle of a stream', async () => {
    const tried = await replay('04e-prefill-thinking-off.txt', '<system_thinking>The old bridge')
    expect(tried.text).toBe('rm Data Custom Em_us')
    expect(tried.error).toMatchObject({ kind: 'server-error', status: 500 })
  })

  test('progress reports are signs of life', async () => {
    const tried = await replay('14b-return-progress.txt')
    expect(tried.parts.some((part) => part.type === 'alive')).toBe(true)
  })

  test.each(['06-length.txt', '08j-max-tokens-0.txt', '17d-completions.txt'])('out of tokens: %s', async (name) => {
    const tried = await replay(name)
    if (tried.error) expect(tried.error).toEqual({ kind: 'empty', finishReason: 'length' })
    else expect(tried.end?.finishReason).toBe('length')
  })

  test('byte by byte it is the same', async () => {
    const whole = await replay('06-length.txt')
    expect(await replay('06-length.txt', undefined, 'byte')).toEqual(whole)
  })

  const refusals: readonly (readonly [string, Partial<ModelError>])[] = [
    ['07-context-overflow.txt', { kind: 'context-too-long', promptTokens: 12_010, contextTokens: 2048 }],
    ['08-bad-json.txt', { kind: 'server-error', status: 500 }],
    ['08b-missing-messages.txt', { kind: 'rejected', status: 400 }],
    ['08c-wrong-type.txt', { kind: 'rejected', status: 400 }],
    ['04h-two-assistant-last.txt', { kind: 'rejected', status: 400 }],
    ['10-missing-key.txt', { kind: 'unauthorized', hasKey: false }],
    ['17-trailing-slash.txt', { kind: 'wrong-path', status: 404 }],
  ]
  test.each(refusals)('%s', async (name, error) => {
    expect((await replay(name)).error).toMatchObject(error)
  })

  test('a model list', () => {
    expect(readModelList(recording('12-models.txt').body, 'http://localhost:8080/v1')).toEqual({
      kind: 'llamacpp',
      models: [{ id: 'her-tiny', contextTokens: 2048 }],
    })
  })
})
