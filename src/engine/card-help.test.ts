import { expect, test } from 'vitest'
import { ModelFailure } from '#ports/model.ts'
import { createCardHelp } from './card-help.ts'
import { end, type Script, setupChat, text } from './chat.test-kit.ts'

async function setupHelp(script: Script) {
  const set = await setupChat([script])
  const seen: string[] = []
  const aborter = new AbortController()
  const ask = () =>
    createCardHelp(set).ask({
      messages: [{ role: 'user', content: 'Help.' }],
      signal: aborter.signal,
      onText: (words) => seen.push(words),
    })
  return { ...set, seen, aborter, ask }
}

test('an answer comes whole, its reasoning marked as such', async () => {
  const { ask, seen, requests } = await setupHelp([
    { type: 'reasoning-delta', text: 'Hm.' },
    text('She '),
    text('rows.'),
    end(),
  ])
  expect(await ask()).toEqual({ kind: 'done' })
  expect(seen.at(-1)).toBe('<think>Hm.</think>She rows.')
  expect(requests[0]?.prefill).toBeUndefined()
  expect(requests[0]?.sampling.maxTokens).toBeGreaterThanOrEqual(2048)
})

test('what goes wrong is told', async () => {
  expect(await (await setupHelp([end()])).ask()).toEqual({ kind: 'empty' })
  expect(await (await setupHelp([new ModelFailure({ kind: 'cut' })])).ask()).toEqual({
    kind: 'failed',
    error: { kind: 'cut' },
  })
  const { ask, aborter } = await setupHelp([text('She '), new Promise(() => {})])
  const ended = ask()
  aborter.abort()
  expect(await ended).toEqual({ kind: 'stopped' })
})
