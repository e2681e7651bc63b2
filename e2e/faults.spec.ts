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
  { name: 'a closed connection', fault: { fault: 'hangup' }, sentence: 'It broke off the request without an answer.' },
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
