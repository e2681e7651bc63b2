import type { Locator, Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import {
  test as bareTest,
  beginChat,
  connectTo,
  expect,
  lastStored,
  lastTurn,
  readDatabase,
  replyEnded,
  send,
  chatTest as test,
} from './journey.ts'

const reply = 'He waits.</system_thinking>Sherlock Holmes: <role_thinking>Mud.</role_thinking>Do sit.'

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const inspector = (page: Page) => page.getByRole('dialog', { name: 'What the model sees' })

async function inspect(page: Page): Promise<Locator> {
  await page.keyboard.press('Alt+p')
  await expect(inspector(page).getByRole('list', { name: 'Messages' })).toBeVisible()
  return inspector(page)
}

async function bodyIn(dialog: Locator): Promise<string> {
  return (await dialog.locator('[data-request-body]').textContent()) ?? ''
}

async function direct(page: Page, text: string, depth: number, lasts: 'once' | 'standing'): Promise<void> {
  await page.keyboard.press('Alt+d')
  const dialog = page.getByRole('dialog', { name: 'Director’s note' })
  await dialog.getByRole('textbox', { name: 'Note' }).fill(text)
  await dialog.getByRole('spinbutton', { name: 'Depth' }).fill(String(depth))
  await dialog.getByRole('combobox', { name: 'It lasts' }).selectOption(lasts)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

test.describe('what the model sees', () => {
  test('is what then arrives at the model server, byte for byte', async ({ page, modelServer }) => {
    modelServer.next({ text: reply })
    await direct(page, 'Let it rain, {{user}}.', 1, 'standing')
    await composer(page).fill('*bows* It’s “late” [he hides it]')
    const dialog = await inspect(page)
    await expect(dialog.locator('[data-source=story]', { hasText: 'It’s “late”' })).toBeVisible()
    const shown = await bodyIn(dialog)
    expect(modelServer.generations()).toEqual([])
    await dialog.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await replyEnded(page)
    expect(modelServer.generations().map(({ text }) => text)).toEqual([shown])
    expect(shown).not.toContain('he hides it')

    // And so is what is shown of that reply afterwards, in its place.
    await lastTurn(page).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'What the model sees' }).click()
    await expect(inspector(page).getByText('The request for this reply')).toBeVisible()
    await expect.poll(() => bodyIn(inspector(page))).toBe(shown)
  })

  test('says where each piece came from, what it weighs, what was cut and what changed', async ({
    page,
    modelServer,
  }) => {
    modelServer.next({ text: reply })
    await send(page, 'Good day')
    await replyEnded(page)
    await composer(page).fill('And now?')
    const dialog = await inspect(page)
    const first = dialog.getByRole('listitem', { name: 'System message' })
    await expect(first.locator('[data-source=card]').first()).toContainText('Card')
    await expect(first.locator('[data-source=form]').first()).toContainText('You are Sherlock Holmes')
    await expect(dialog.locator('[data-source=story]').last()).toContainText('And now?')
    await expect(dialog.getByText('Nothing was cut.')).toBeVisible()
    await expect(dialog.getByText('Since the last request: 2 messages new.')).toBeVisible()
    await expect(dialog.getByText('reads on from message 5')).toBeVisible()
    await expect(dialog.getByText('<|im_end|>', { exact: true })).toBeVisible()
    await expect(dialog.getByText('temperature 0.7 · top p 0.9 · at most 2,048 tokens')).toBeVisible()
    await expect(dialog.getByText('<system_thinking>', { exact: true })).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
    // vLLM counts: the very number it then bills.
    const size = dialog.getByRole('region', { name: 'Size' })
    await expect(size).toContainText('counted by the server')
    const body = JSON.parse(await bodyIn(dialog))
    const letters = body.messages.map(({ content }: { content: string }) => content).join('').length
    await expect(size).toContainText(`${Math.ceil(letters / 4).toLocaleString()} of 32,768 tokens`)
  })

  test('is copied as JSON and as curl, without the key', async ({ page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await composer(page).fill('It’s late')
    const dialog = await inspect(page)
    // What was typed a moment ago arrives in the request a moment later.
    await expect.poll(() => bodyIn(dialog)).toContain('It’s late')
    const shown = await bodyIn(dialog)
    await dialog.getByRole('button', { name: 'Copy as JSON' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
    await dialog.getByRole('button', { name: 'Copy as curl' }).click()
    const curl = await page.evaluate(() => navigator.clipboard.readText())
    expect(curl).toMatch(/^curl -N 'http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions'/)
    expect(curl).toContain(shown.slice(0, 40))
  })

  test('the gauge beside the composer follows the draft and opens it', async ({ page }) => {
    const gauge = page.getByRole('button', { name: /tokens, estimated$/ })
    await expect(gauge).toHaveText(/ \/ 33k tokens, estimated/)
    const before = await gauge.textContent()
    await composer(page).fill('A long tale. '.repeat(200))
    await expect(gauge).not.toHaveText(before ?? '')
    await gauge.click()
    await expect(inspector(page)).toBeVisible()
  })
})

test('a note that is meant once is in one whole reply, and in nobody’s words', async ({ page, modelServer }) => {
  await direct(page, 'A knock at the door.', 0, 'once')
  const chip = page.getByRole('button', { name: 'Director’s note, once: A knock at the door.' })
  await expect(chip).toBeVisible()
  const dialog = await inspect(page)
  await expect(dialog.locator('[data-source=note]')).toContainText("[Director's note: A knock at the door.]")
  await dialog.getByRole('button', { name: 'Close' }).click()
  modelServer.next({ text: reply }, { text: reply })
  await send(page, 'Good day')
  await replyEnded(page)
  await expect(chip).toBeHidden()
  await send(page, 'And?')
  await replyEnded(page)
  const carried = modelServer.generations().map(({ text }) => text.includes('A knock at the door.'))
  expect(carried).toEqual([true, false])
  const { turns } = await readDatabase(page)
  expect(JSON.stringify(turns)).not.toContain('A knock at the door.')
})

bareTest('a server that does not count is estimated, and told so', async ({ page, modelServer }) => {
  await connectTo(page, `${modelServer.url}/ollama/v1`, { model: 'her' })
  await beginChat(page)
  const dialog = await inspect(page)
  await expect(dialog.getByText('this server does not count')).toBeVisible()
})

bareTest(
  'settings of a connection reach the wire, and planning is closed at its limit',
  async ({ page, modelServer }) => {
    await connectTo(page, `${modelServer.url}/v1`, { model: 'her' })
    const card = page.getByRole('article', { name: new URL(modelServer.url).host })
    await card.getByRole('button', { name: 'Adjust' }).click()
    await expect(card.getByRole('combobox', { name: 'Preset' })).toHaveValue('her-demo')
    await card.getByRole('combobox', { name: 'Preset' }).selectOption('HER evaluation')
    await card.getByRole('spinbutton', { name: 'Top k' }).fill('40')
    await expect(card.getByRole('combobox', { name: 'Preset' })).toHaveValue('own')
    await card.getByRole('combobox', { name: 'Form' }).selectOption('Plain instructions')
    await card.getByRole('combobox', { name: 'Its own earlier planning' }).selectOption('last')
    await card.getByRole('spinbutton', { name: 'Planning limit' }).fill('60')
    await card.getByRole('button', { name: 'Save' }).click()
    await beginChat(page)
    modelServer.forget()
    const plan = 'He weighs every word that was said. '.repeat(40)
    modelServer.next({ text: `${plan}</system_thinking>Never.`, rate: 200 }, { text: 'Sherlock Holmes: At last.' })
    await send(page, 'Good day')
    await replyEnded(page)
    await expect(lastTurn(page).getByText('At last.')).toBeVisible()
    await expect(lastTurn(page).getByText('Planning was closed at its limit of 60 tokens.')).toBeVisible()
    const [first, second, ...more] = modelServer.generations().map(({ body }) => body)
    expect(more).toEqual([])
    expect(first).toMatchObject({ top_k: 40, top_p: 1, repetition_penalty: 1.15, max_tokens: 4096 })
    expect(first?.messages?.[0]?.content).toContain('This is a role-play.')
    expect(second?.messages?.at(-1)?.content).toMatch(/^<system_thinking>He weighs[^<]*<\/system_thinking>$/)
    expect(second).toMatchObject({ continue_final_message: true, add_generation_prompt: false, max_tokens: 4036 })
    expect(await lastStored(page)).toMatchObject({ ending: 'complete', making: { planningLimit: 60 } })

    // Its own planning comes back, since that was asked for.
    modelServer.next({ text: reply })
    await send(page, 'Well?')
    await replyEnded(page)
    expect(modelServer.generations().at(-1)?.text).toContain('<system_thinking>He weighs every word')
  },
)
