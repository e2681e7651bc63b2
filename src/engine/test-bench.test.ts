import { describe, expect, test } from 'vitest'
import { createCard } from '#core/cards/create-card.ts'
import { ModelFailure } from '#ports/model.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'
import { type BenchReply, createTestBench } from './test-bench.ts'

const document = createCard({ name: 'Anna', description: 'A clerk who FENCES.', greetings: ['*bows* "{{user}}?"'] })

async function setupBench(scripts: Script[], prefill?: 'none') {
  const set = await setupChat(scripts, prefill ? { prefill } : {})
  const before = JSON.stringify([await set.storage.list('characters'), await set.storage.list('conversations')])
  const seen: [number, BenchReply][] = []
  const aborter = new AbortController()
  const run = (...openings: string[]) =>
    createTestBench(set).run({
      characterId: annaId,
      document,
      openings,
      signal: aborter.signal,
      onReply: (opening, reply) => seen.push([opening, reply]),
    })
  const last = (opening: number) => seen.findLast(([index]) => index === opening)?.[1]
  const isUntouched = async () =>
    before === JSON.stringify([await set.storage.list('characters'), await set.storage.list('conversations')])
  return { ...set, seen, aborter, run, last, isUntouched }
}

const planned = text('Be curt.</system_thinking>Anna: <role_action>nods</role_action>Yes.')

describe('the test bench', () => {
  test('asks one opening after the other, of the card as it is in hand, and stores nothing', async () => {
    const { run, last, requests, seen, isUntouched } = await setupBench([
      [planned, { type: 'stream-end', finishReason: 'stop', promptTokens: 90, completionTokens: 20 }],
      [planned, end()],
    ])
    await run('Who are you?', '*waves*')
    expect(requests).toHaveLength(2)
    const sent = JSON.stringify(requests[0]?.messages)
    for (const words of ['FENCES', 'Stranger?', 'Who are you?']) expect(sent).toContain(words)
    expect(JSON.stringify(requests[1]?.messages)).not.toContain('Who are you?')
    expect(last(0)?.segments.map(({ layer, text: words }) => [layer, words])).toEqual([
      ['system_thinking', 'Be curt.'],
      ['role_action', 'nods'],
      ['speech', 'Yes.'],
    ])
    expect(last(0)).toMatchObject({ phase: 'done', figures: { promptTokens: 90, replyTokens: 20, isCounted: true } })
    expect(last(1)?.figures?.isCounted).toBe(false)
    expect(last(1)?.figures?.totalMs).toBeGreaterThan(0)
    expect(seen.map(([opening]) => opening)).toEqual([...seen.map(([opening]) => opening)].sort())
    expect(await isUntouched()).toBe(true)
  })

  test('reads a reply that no opening was given to', async () => {
    const { run, last } = await setupBench(
      [[text('<system_thinking>Be curt.</system_thinking>No.'), end('length')]],
      'none',
    )
    await run('Hm.')
    expect(last(0)).toMatchObject({ phase: 'length' })
    expect(last(0)?.segments).toHaveLength(2)
  })

  test('goes on after a failure and says what it was; a reply without words is one', async () => {
    const { run, last } = await setupBench(
      [[text('Half'), new ModelFailure({ kind: 'cut' })], [end()], [planned, end()]],
      'none',
    )
    await run('One', 'Two', 'Three')
    expect(last(0)).toMatchObject({ phase: 'failed', failure: { kind: 'cut' }, segments: [{ text: 'Half' }] })
    expect(last(1)).toMatchObject({ phase: 'failed', failure: { kind: 'empty' } })
    expect(last(2)?.phase).toBe('done')
  })

  test('stops where it is, and keeps what there is', async () => {
    const { run, last, aborter, requests, seen } = await setupBench([[planned, new Promise(() => {})]])
    const ended = run('One', 'Two')
    await expect.poll(() => seen.at(-1)?.[1].phase).toBe('writing')
    aborter.abort()
    await ended
    expect(last(0)).toMatchObject({ phase: 'stopped' })
    expect(last(0)?.segments).toHaveLength(3)
    expect(last(1)).toBeUndefined()
    expect(requests).toHaveLength(1)
  })
})
