import { describe, expect, test } from 'vitest'
import { bundledNames } from './bundled.ts'
import { chunksOf, endpoint, eventsOf, open, setupDemo } from './demo.test-kit.ts'
import { createDemoFetch } from './demo-fetch.ts'
import { sceneFromDisk } from './read-from-disk.test-kit.ts'

describe('the wire', () => {
  test('lists its one model', async () => {
    const response = await setupDemo().demoFetch('https://demo.invalid/v1/models')
    expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'demo-script', owned_by: 'subtext' }] })
  })

  test('streams role, pieces of a few characters, the reason of the end, the usage and [DONE]', async () => {
    const { post } = setupDemo()
    const scene = await sceneFromDisk('Elizabeth Bennet')
    const body = { messages: open('Elizabeth Bennet'), stream: true, stream_options: { include_usage: true } }
    const response = await post(body)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const events = await eventsOf(response)
    const chunks = chunksOf(events)
    expect(events.at(-1)).toBe('[DONE]')
    expect(chunks[0]?.choices).toEqual([{ index: 0, delta: { role: 'assistant', content: null }, finish_reason: null }])
    expect(chunks.at(-2)?.choices).toEqual([{ index: 0, delta: {}, finish_reason: 'stop' }])
    const pieces = chunks.slice(1, -2).map((chunk) => chunk.choices[0]?.delta.content ?? '')
    expect(pieces.join('')).toBe(scene.first)
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(6)
    expect(pieces).not.toContain('<role_thinking>')
    const usage = chunks.at(-1)?.usage
    expect(chunks.at(-1)?.choices).toEqual([])
    expect(usage?.completion_tokens).toBe(pieces.length)
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + pieces.length)
  })

  test('sends no usage that was not asked for', async () => {
    const events = await eventsOf(await setupDemo().post({ messages: open('Jane Eyre'), stream: true }))
    expect(events.join()).not.toContain('usage')
  })

  test('answers whole when no stream was asked for', async () => {
    const response = await setupDemo().post({ messages: open('Jane Eyre') })
    const { first } = await sceneFromDisk('Jane Eyre')
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: first }, finish_reason: 'stop' }],
    })
  })

  test('keeps to the token limit and says so', async () => {
    const events = await eventsOf(await setupDemo().post({ messages: open('Jane Eyre'), stream: true, max_tokens: 7 }))
    expect(chunksOf(events).filter((chunk) => chunk.choices[0]?.delta.content)).toHaveLength(7)
    expect(events.at(-2)).toContain('"finish_reason":"length"')
  })

  test('ends before a stop string', async () => {
    const { say } = setupDemo()
    const whole = await setupDemo().say(open('Jane Eyre'))
    expect(await say(open('Jane Eyre'), { stop: ['<|im_end|>', '</role_thinking>'] })).toBe(
      whole.slice(0, whole.indexOf('</role_thinking>')),
    )
  })

  test.each([
    ['something that is no JSON', endpoint, { method: 'POST', body: '{' }, 400],
    ['no messages', endpoint, { method: 'POST', body: '{"messages":[]}' }, 400],
    ['another path', 'https://demo.invalid/v1/embeddings', { method: 'POST', body: '{}' }, 404],
    ['another method', endpoint, { method: 'GET' }, 405],
  ])('refuses %s with a sentence', async (_, url, init, status) => {
    const response = await setupDemo().demoFetch(url, init)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(/\w+ \w+/) } })
  })
})

describe('the pace', () => {
  test('a first reply begins at once, plans fast and is read at a reader’s speed', async () => {
    const { say, waits } = setupDemo()
    const text = await say(open('Sherlock Holmes'))
    const planned = text.indexOf('</system_thinking>')
    const total = waits.reduce((sum, ms) => sum + ms, 0)
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    expect(waits[0]).toBeLessThan(400)
    const planningMs = (planned / 360) * 1000
    expect(total).toBeGreaterThan(planningMs + ((text.length - planned) / 112) * 1000)
    expect(total).toBeLessThan(15_000)
  })

  test('a timer that is held back makes a burst and not a delay', async () => {
    let clock = 0
    let waits = 0
    const demoFetch = createDemoFetch({
      loadScene: sceneFromDisk,
      knownNames: bundledNames,
      now: () => clock,
      wait: async (ms) => {
        waits++
        clock += Math.max(ms, 1000)
      },
    })
    await (
      await demoFetch(endpoint, { method: 'POST', body: JSON.stringify({ messages: open('Jane Eyre'), stream: true }) })
    ).text()
    expect(clock).toBeLessThan(15_000)
    expect(waits).toBeLessThan(16)
  })
})

describe('a stop by the reader', () => {
  test('before the request leaves is an AbortError', async () => {
    const aborted = AbortSignal.abort()
    await expect(setupDemo().post({ messages: open('Jane Eyre'), stream: true }, aborted)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    )
  })

  test('in mid-stream ends the body at once, though a wait is under way', async () => {
    const aborter = new AbortController()
    const demoFetch = createDemoFetch({
      loadScene: sceneFromDisk,
      knownNames: bundledNames,
      now: () => 0,
      wait: () => new Promise(() => {}),
    })
    const body = JSON.stringify({ messages: open('Jane Eyre'), stream: true })
    const response = await demoFetch(endpoint, { method: 'POST', body, signal: aborter.signal })
    const reader = response.body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    const next = reader?.read()
    aborter.abort()
    await expect(next).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('of the body lets the script end without a word', async () => {
    const { demoFetch } = setupDemo()
    const body = JSON.stringify({ messages: open('Jane Eyre'), stream: true })
    const response = await demoFetch(endpoint, { method: 'POST', body })
    await expect(response.body?.cancel()).resolves.toBeUndefined()
  })
})
