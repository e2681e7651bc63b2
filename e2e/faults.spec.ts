import type { Page } from '@playwright/test'
import { expect, lastStored, lastTurn, send, chatTest as test, turns } from './journey.ts'
import type { Behaviour } from './model-server/behaviour.ts'

/** What the page begins each reply with, for a server that goes on from words it is given. */
const opened = '<system_thinking>'

const planning = 'He asks plainly. She may answer plainly, for once.'
const thought = 'He means it — naïvely, 真的 😀.'
const action = 'folds the ribbon in two'
const speech = 'The rain, Sir, and a great deal of it. You may share the step.'

/** A reply as the server goes on with it. */
const text = `${planning}</system_thinking><role_thinking>${thought}</role_thinking><role_action>${action}</role_action>${speech}`

/** Sends a message and waits until it is said. */
async function say(page: Page, words: string): Promise<void> {
  await send(page, words)
  await expect(turns(page).getByText(words, { exact: true })).toBeVisible()
}

async function expectGoodReply(page: Page): Promise<void> {
  const reply = lastTurn(page)
  await expect(reply.getByText(speech)).toBeVisible()
  await expect(reply.getByText(action)).toBeVisible()
  await expect(reply.getByRole('button', { name: 'Planning' })).toBeVisible()
  await expect(reply.getByRole('button', { name: 'Inner thought' })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect.poll(() => lastStored(page)).toMatchObject({ ending: 'complete', raw: opened + text })
}

/** Faults before a word: there is nothing to keep, and the try after it takes the place of the failed one. */
const refusals: readonly { readonly name: string; readonly fault: Behaviour; readonly sentence: string | RegExp }[] = [
  { name: '401', fault: { fault: '401' }, sentence: 'The server asks for an API key. It said: “Invalid API Key”' },
  { name: 'an unknown model', fault: { fault: '404' }, sentence: 'The server has no model called “her”.' },
  { name: '500', fault: { fault: '500' }, sentence: 'an error of its own (status 500). It said: “CUDA out of memory”' },
  { name: 'a model that loads', fault: { fault: '503' }, sentence: 'The server is there and still loads the model.' },
  { name: 'a web page', fault: { fault: 'html' }, sentence: 'but it is not an OpenAI-compatible API (status 200)' },
  { name: 'a gateway’s page', fault: { fault: 'gateway' }, sentence: '502' },
  { name: 'an error with status 200', fault: { fault: 'json-error' }, sentence: 'No endpoints found for this model.' },
  {
    name: 'nothing with status 200',
    fault: { fault: 'nothing' },
    sentence: 'The connection ended before the reply did.',
  },
  { name: 'an empty reply', fault: { fault: 'empty' }, sentence: 'The model ended its turn without a word.' },
  { name: 'an overflow', fault: { fault: 'overflow' }, sentence: /The prompt takes \d+ tokens, and the server reads/ },
  {
    name: 'a refused prefill',
    fault: { prefill: 'refuse' },
    sentence: 'It said: “The last message must be from the user.”',
  },
]

for (const { name, fault, sentence } of refusals) {
  test(`${name}: said in words, and Retry works`, async ({ page, modelServer }) => {
    modelServer.next(fault, { text })
    await say(page, 'What do you see?')
    const note = lastTurn(page).getByRole('alert')
    await expect(note).toContainText(sentence)
    expect(await lastStored(page)).toMatchObject({ ending: 'failed', raw: '' })

    await note.getByRole('button', { name: 'Retry' }).click()
    await expectGoodReply(page)
    await expect(turns(page)).toHaveCount(3)
    await expect(lastTurn(page).getByText(/\d of \d/)).toHaveCount(0)
  })
}

/** Faults in the middle of the words: what arrived stays, as a take of its own once a retry has worked. */
const breaks: readonly { readonly name: string; readonly fault: Behaviour; readonly sentence: string }[] = [
  { name: 'a dropped connection', fault: { fault: 'drop' }, sentence: 'The connection ended before the reply did.' },
  { name: 'a body cut short', fault: { fault: 'cut' }, sentence: 'The connection ended before the reply did.' },
  { name: 'an error inside the stream', fault: { fault: 'error' }, sentence: 'The server reported an error' },
]

for (const { name, fault, sentence } of breaks) {
  test(`${name}: what arrived is kept, and Retry makes another take`, async ({ page, modelServer }) => {
    modelServer.next(
      { ...fault, at: 4500, delta: 2, rate: 60, text: `${text} ${'And more rain. '.repeat(80)}` },
      { text },
    )
    await say(page, 'What do you see?')
    await expect(lastTurn(page).getByRole('alert')).toContainText(sentence, { timeout: 15_000 })
    const kept = await lastStored(page)
    expect(kept).toMatchObject({ ending: 'failed' })
    expect(kept?.raw.length).toBeGreaterThan(opened.length + 5)

    await lastTurn(page).getByRole('button', { name: 'Retry' }).click()
    await expectGoodReply(page)
    await expect(lastTurn(page).getByText('2 of 2')).toBeVisible()
    await lastTurn(page).getByRole('button', { name: 'Previous take' }).click()
    await expect(lastTurn(page).getByRole('alert')).toContainText(sentence)
  })
}

/** Habits that are no faults: the reply is read as any other. */
const habits: readonly { readonly name: string; readonly habit: Behaviour }[] = [
  { name: 'no [DONE]', habit: { fault: 'no-done' } },
  { name: 'no finish reason', habit: { fault: 'no-finish' } },
  { name: 'the whole completion as JSON', habit: { fault: 'json' } },
  { name: 'senseless fields', habit: { fault: 'oddities' } },
  { name: 'an echoed prefill', habit: { prefill: 'echo' } },
  { name: 'every byte by itself', habit: { split: 'byte' } },
  { name: 'CR LF line ends', habit: { crlf: true } },
  { name: 'comments and a slow first token', habit: { first: 800, comments: 100 } },
  { name: 'a queue without headers', habit: { queue: 1200 } },
]

for (const { name, habit } of habits) {
  test(`${name}: the reply is read whole`, async ({ page, modelServer }) => {
    modelServer.next({ ...habit, text })
    await say(page, 'What do you see?')
    await expectGoodReply(page)
  })
}

test('a reply that comes wholly as reasoning is read in its layers', async ({ page, modelServer }) => {
  modelServer.next({ reasoning: 'all', text })
  await say(page, 'What do you see?')
  await expect(lastTurn(page).getByText(speech)).toBeVisible()
  await expect(lastTurn(page).getByRole('button', { name: 'Inner thought' })).toBeVisible()
  await expect(lastTurn(page).getByText(planning)).toBeHidden()
})

test('a server that bids to wait is waited for, visibly, over a reload as well', async ({ page, modelServer }) => {
  modelServer.next({ fault: '429', retryAfter: '600' }, { text })
  await say(page, 'What do you see?')
  const note = lastTurn(page).getByRole('alert')
  await expect(note).toContainText('The server asks to wait 600 seconds.')
  await expect(note.getByRole('button', { name: /Retry in \d+ s/ })).toBeDisabled()
  // Ten minutes later, but for two seconds: a wait that began anew with the page would last as long again.
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + 598_000
  })
  await page.reload()
  await expect(note.getByRole('button', { name: /Retry in [12] s|^Retry$/ })).toBeVisible()
  await note.getByRole('button', { name: 'Retry', exact: true }).click()
  await expectGoodReply(page)
})

test('a reply that ran out while planning says so and is continued in place', async ({ page, modelServer }) => {
  modelServer.next({ fault: 'length' }, { text: `done.</system_thinking>${speech}` })
  await say(page, 'What do you see?')
  await expect(lastTurn(page)).toContainText('ran out of tokens while planning')
  const before = await lastStored(page)
  expect(before?.ending).toBe('length')
  await lastTurn(page).getByRole('button', { name: 'Continue' }).click()
  await expect(lastTurn(page).getByText(speech)).toBeVisible()
  await expect
    .poll(() => lastStored(page))
    .toMatchObject({
      id: before?.id,
      ending: 'complete',
      raw: `${before?.raw}done.</system_thinking>${speech}`,
    })
  expect(modelServer.generations().at(-1)?.body?.messages?.at(-1)).toEqual({ role: 'assistant', content: before?.raw })
})

test('a server that falls silent is stopped by hand, and its words are kept', async ({ page, modelServer }) => {
  modelServer.next({ fault: 'stall', at: 4500, delta: 2, rate: 60, text: `${text} ${'And more rain. '.repeat(80)}` })
  await say(page, 'What do you see?')
  await expect(lastTurn(page).getByRole('button', { name: 'Planning' })).toBeVisible()
  await page.waitForTimeout(500)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(lastTurn(page)).toContainText('Stopped')
  await expect.poll(() => lastStored(page)).toMatchObject({ ending: 'stopped' })
  expect((await lastStored(page))?.raw.length).toBeGreaterThan(opened.length + 5)
})
