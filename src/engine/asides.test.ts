import { describe, expect, test } from 'vitest'
import { ModelFailure } from '#ports/model.ts'
import { createAsides } from './asides.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'

async function setupAside(script: Script, prefill?: 'none') {
  const reply = '<system_thinking>PLAN</system_thinking><role_thinking>SECRET</role_thinking>Good evening.'
  const set = await setupChat(
    [[...[reply.replace('<system_thinking>', '')].map(text), end()], script],
    prefill ? { prefill } : {},
  )
  const id = await set.chat.begin(annaId, { kind: 'blank' })
  await set.chat.send(id, '*waves* Hello [MINE]')
  await set.quiet(id)
  const seen: string[] = []
  const asides = createAsides(set)
  const asked = {
    conversationId: id,
    signal: new AbortController().signal,
    onText: (words: string) => seen.push(words),
  }
  const before = JSON.stringify(await set.shown(id))
  return { ...set, asides, asked, seen, id, isUnchanged: async () => JSON.stringify(await set.shown(id)) === before }
}

describe('the reader’s turn, written by the model', () => {
  test('comes as the reader would type it, from a prompt without a thought', async () => {
    const { asides, asked, seen, requests, isUnchanged } = await setupAside([
      text('He is shy.</system_thinking>Stranger: <role_action>bows</role_action>'),
      text('Good evening, Anna.\nAnna: And then?'),
      end(),
    ])
    expect(await asides.writeForReader(asked)).toEqual({ kind: 'done' })
    expect(seen.at(-1)).toBe('*bows* Good evening, Anna.')
    const sent = JSON.stringify(requests[1])
    for (const secret of ['PLAN', 'SECRET', 'MINE', 'A clerk.']) expect(sent).not.toContain(secret)
    expect(sent).toContain('You are Stranger.')
    expect(await isUnchanged()).toBe(true)
  })
})

describe('the mirror', () => {
  test('is one thought: the reply is begun with it and left at its end', async () => {
    const { asides, asked, seen, requests, isUnchanged } = await setupAside([
      text('He wants '),
      text('something.</role_thinking>'),
      text('Yes?'),
      end(),
    ])
    expect(await asides.mirror({ ...asked, draft: 'May I come in? [I am cold]' })).toEqual({ kind: 'done' })
    expect(seen.at(-1)).toBe('He wants something.')
    expect(requests[1]?.prefill).toBe('<role_thinking>')
    expect(requests[1]?.stop).toContain('</role_thinking>')
    expect(requests[1]?.messages.at(-1)?.content).toContain('Stranger: May I come in?')
    expect(JSON.stringify(requests[1])).not.toContain('cold')
    expect(await isUnchanged()).toBe(true)
  })

  test('is asked for in words where the server can not go on', async () => {
    const { asides, asked, seen, requests } = await setupAside(
      [text('<role_thinking>Who is he?</role_thinking>Yes?'), end()],
      'none',
    )
    expect(await asides.mirror({ ...asked, draft: 'Hm.' })).toEqual({ kind: 'done' })
    expect(seen.at(-1)).toBe('Who is he?')
    expect(requests[1]?.prefill).toBeUndefined()
  })

  test('that fails says why, and one that has no thought says that', async () => {
    const failing = await setupAside([new ModelFailure({ kind: 'cut' })])
    expect(await failing.asides.mirror({ ...failing.asked, draft: 'Hm.' })).toEqual({
      kind: 'failed',
      error: { kind: 'cut' },
    })
    const silent = await setupAside([end()])
    expect(await silent.asides.mirror({ ...silent.asked, draft: 'Hm.' })).toEqual({ kind: 'empty' })
  })
})
