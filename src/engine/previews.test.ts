import { describe, expect, test } from 'vitest'
import { type Connection, untestedCapabilities } from '#core/connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'

const plan = text('She listens.</system_thinking>')

async function setupTalk(scripts: Script[], connection?: Partial<Connection>) {
  const set = await setupChat(scripts, connection && { connection })
  const id = await set.chat.begin(annaId, { kind: 'greetings', greetings: ['*looks up* Yes?'], chosen: 0 })
  return { ...set, id }
}

describe('a preview', () => {
  test('of a draft is the request that sending it makes', async () => {
    const { chat, id, requests, quiet } = await setupTalk([[plan, text('Good.'), end()]])
    await chat.direct(id, { text: 'It rains.', depth: 1, lasts: 'standing' })
    const { prepared, before } = await chat.previews.next(id, '  *nods* Hello [he lies] ')
    expect(before).toBeUndefined()
    expect(await chat.previews.describe({ prepared, before })).toMatchObject({ body: JSON.stringify(prepared.request) })
    expect(requests).toEqual([])
    await chat.send(id, '*nods* Hello [he lies]')
    await quiet(id)
    expect(requests[0]).toEqual(prepared.request)
    expect(JSON.stringify(prepared.request)).not.toContain('he lies')
  })

  test('is compared with what was sent last, and a turn’s with the reply before it', async () => {
    const { chat, id, requests, quiet, shown } = await setupTalk([
      [plan, text('Good.'), end()],
      [plan, text('Fine.'), end()],
    ])
    await chat.send(id, 'Hello')
    await quiet(id)
    await chat.send(id, 'And?')
    await quiet(id)
    const next = await chat.previews.next(id, '')
    expect(next.before).toEqual({ messages: requests[1]?.messages, wasSent: true })
    const last = (await shown(id)).at(-1)
    const old = last && (await chat.previews.of(id, last.id))
    expect(old?.prepared.request).toEqual(requests[1])
    expect(old?.before).toEqual({ messages: requests[0]?.messages, wasSent: false })
  })

  test('weighs what is sent, the draft included, and has the model expect it', async () => {
    const { chat, id, expected, requests } = await setupTalk([])
    const empty = await chat.previews.weigh(id, '')
    await expect.poll(() => expected.length).toBe(1)
    expect(expected[0]).toEqual((await chat.previews.next(id, '')).prepared.request)
    expect(requests).toEqual([])
    const full = await chat.previews.weigh(id, 'Hello there. '.repeat(50))
    expect(full.used).toBeGreaterThan(empty.used + 100)
    expect(full).toMatchObject({ context: 32_768, reply: 2048 })
  })
})

test('in a small window a long reply does not take the story’s place', async () => {
  const capabilities = { ...untestedCapabilities, prefill: 'flags', contextTokens: 2048 } as const
  const { chat, id, requests, quiet } = await setupTalk([[plan, text('Good.'), end()]], { capabilities })
  expect(await chat.previews.weigh(id, '')).toMatchObject({ context: 2048, reply: 1024 })
  await chat.send(id, 'Hello')
  await quiet(id)
  expect(requests[0]?.sampling.maxTokens).toBe(1024)
  expect(JSON.stringify(requests[0]?.messages)).toContain('looks up')
})

describe('a note', () => {
  test('that is meant once is gone with the first whole reply that carried it', async () => {
    const never = new Promise<never>(() => {})
    const { chat, id, requests, quiet, storage } = await setupTalk([
      [plan, text('Ha'), never],
      [plan, text('Whole.'), end()],
      [plan, text('Later.'), end()],
    ])
    const note = { text: 'A knock.', depth: 0, lasts: 'once' } as const
    await chat.direct(id, note)
    await chat.send(id, 'Hello')
    await new Promise((resolve) => setTimeout(resolve, 5))
    chat.stop(id)
    await quiet(id)
    expect((await storage.get('conversations', id))?.note).toEqual(note)
    await chat.send(id, 'Go on')
    await quiet(id)
    expect((await storage.get('conversations', id))?.note).toBeUndefined()
    await chat.send(id, 'And?')
    await quiet(id)
    expect(requests.map((request) => JSON.stringify(request).includes('A knock.'))).toEqual([true, true, false])
    const turns = await storage.turnsBefore(id, undefined, 100)
    expect(JSON.stringify(turns)).not.toContain('A knock.')
  })

  test('that stands stays', async () => {
    const { chat, id, quiet, storage } = await setupTalk([[plan, text('Whole.'), end()]])
    await chat.direct(id, { text: 'A knock.', depth: 2, lasts: 'standing' })
    await chat.send(id, 'Hello')
    await quiet(id)
    expect((await storage.get('conversations', id))?.note?.text).toBe('A knock.')
    await chat.direct(id)
    expect((await storage.get('conversations', id))?.note).toBeUndefined()
  })
})

describe('planning that passes its limit', () => {
  const words = 'She weighs every word of it. '.repeat(4)

  test('is closed, and the reply goes on from there', async () => {
    const { chat, id, requests, quiet, shown } = await setupTalk(
      [
        [text(words), text(words), text(words), text(words), end()],
        [text('Anna: Yes.'), end()],
      ],
      { prompt: { planningTokens: 50 } },
    )
    await chat.send(id, 'Hello')
    await quiet(id)
    expect(requests).toHaveLength(2)
    expect(requests[1]?.prefill).toBe(`<system_thinking>${(words + words).trim()}</system_thinking>`)
    expect(requests[1]?.messages).toEqual(requests[0]?.messages)
    expect(requests[1]?.sampling.maxTokens).toBe(1998)
    expect((await shown(id)).at(-1)).toMatchObject({
      raw: `<system_thinking>${words + words}</system_thinking>Anna: Yes.`,
      ending: 'complete',
      making: { planningLimit: 50 },
    })
  })

  test('also where it comes in a field of its own', async () => {
    const reasoning = { type: 'reasoning-delta', text: words } as const
    const { chat, id, requests, quiet, shown } = await setupTalk(
      [
        [reasoning, reasoning, reasoning, end()],
        [text('Anna: Yes.'), end()],
      ],
      { prompt: { planningTokens: 40 } },
    )
    await chat.send(id, 'Hello')
    await quiet(id)
    expect(requests[1]?.prefill).toMatch(/^<system_thinking>She weighs.*<\/system_thinking>$/)
    expect((await shown(id)).at(-1)?.raw).toMatch(/<\/system_thinking>Anna: Yes\.$/)
  })

  test('ends the reply where the server can not go on', async () => {
    const capabilities = { prefill: 'none', echo: false, thinkingSwitch: false, speaksHer: true, completions: false }
    const { chat, id, requests, quiet, shown } = await setupTalk(
      [[text('<system_thinking>'), text(words), text(words), text(words), end()]],
      { prompt: { planningTokens: 50 }, capabilities: { ...capabilities, prefill: 'none' } },
    )
    await chat.send(id, 'Hello')
    await quiet(id)
    expect(requests).toHaveLength(1)
    expect((await shown(id)).at(-1)).toMatchObject({ ending: 'length', making: { planningLimit: 50 } })
  })
})

describe('a connection', () => {
  const counted = (promptTokens: number) => ({ type: 'stream-end', finishReason: 'stop', promptTokens }) as const
  const real = { id: 'real' as ConnectionId, kind: 'vllm' } as const

  test('learns from what its server counts', async () => {
    const { chat, id, quiet, storage } = await setupTalk([[plan, text('Yes.'), counted(2000)]], real)
    const before = await chat.previews.weigh(id, 'Hello')
    await chat.send(id, 'Hello')
    await quiet(id)
    const factor = (await storage.get('connections', real.id))?.tokenFactor
    expect(factor).toBeGreaterThan(1)
    expect((await chat.previews.weigh(id, '')).used).toBeGreaterThan(before.used)
  })

  test('keeps what the model says for others where that is wanted', async () => {
    const reply = 'Yes.\nStranger: No.'
    const { chat, id, quiet, shown, requests } = await setupTalk([[plan, text(reply), end()]], {
      prompt: { keepsOthers: true },
    })
    await chat.send(id, 'Hello')
    await quiet(id)
    expect(requests[0]?.stop.join()).not.toContain('Stranger')
    expect((await shown(id)).at(-1)).toMatchObject({
      raw: `<system_thinking>She listens.</system_thinking>${reply}`,
      making: { keepsOthers: true },
    })
  })
})
