import type { Page } from '@playwright/test'
import { expect, lastTurn, replyEnded, send, chatTest as test, turns } from './journey.ts'

const reply =
  'He waits for more.</system_thinking>Sherlock Holmes: <role_action>turns a page</role_action>' +
  '<role_thinking>Mud on the left boot only.</role_thinking>You came by the *river* path, <b>I see</b>.' +
  '<role_thinking>And in a hurry.</role_thinking>Do sit.'
const long = `Long.</system_thinking>${'The fog is thick today, and the day is long. '.repeat(60)}`

async function converse(page: Page, words = 'Good day'): Promise<void> {
  await send(page, words)
  await replyEnded(page)
}

test.beforeEach(({ modelServer }) => modelServer.next({ text: reply }))

test('a reply is shown in its layers, in their order, and nothing of it is markup', async ({ page }) => {
  await converse(page)
  const turn = lastTurn(page)
  await expect(turn).toHaveAccessibleName('Sherlock Holmes')
  expect(
    await turn.locator('[data-layer]').evaluateAll((all) => all.map((one) => one.getAttribute('data-layer'))),
  ).toEqual(['system_thinking', 'role_action', 'role_thinking', 'speech', 'role_thinking', 'speech'])
  await expect(turn.locator('em')).toHaveText('river')
  await expect(turn.getByText('<b>I see</b>')).toBeVisible()
  await expect(turn.locator('b')).toHaveCount(0)
})

test('what the reader keeps to themselves is in no request', async ({ page, modelServer }) => {
  await converse(page, '*bows* Good day [I hope he did not notice]')
  await expect(turns(page).nth(1)).toContainText('Good day')
  const sent = modelServer.generations().at(-1)
  expect(sent?.text).toContain('<role_action>bows</role_action>Good day')
  expect(sent?.text).not.toContain('did not notice')
})

test('the switch opens layers, a hand wins over it, and both are remembered', async ({ page }) => {
  await converse(page)
  const turn = lastTurn(page)
  const [first, second] = [
    turn.getByRole('button', { name: /^Inner thought/ }).first(),
    turn.getByRole('button', { name: /^Inner thought/ }).last(),
  ]
  await expect(first).toHaveAttribute('aria-expanded', 'false')
  const layers = page.getByRole('radiogroup', { name: 'Layers' })
  await layers.getByRole('radio', { name: '+ Thoughts' }).check({ force: true })
  await expect(turn.getByText('Mud on the left boot only.')).toBeVisible()
  await expect(turn.getByText('He waits for more.')).toBeHidden()
  await second.click()
  await expect(turn.getByText('And in a hurry.')).toBeHidden()
  await layers.getByRole('radio', { name: '+ Planning' }).check({ force: true })
  await expect(turn.getByText('He waits for more.')).toBeVisible()
  await expect(turn.getByText('And in a hurry.')).toBeHidden()
  await page.reload()
  await expect(turn.getByText('He waits for more.')).toBeVisible()
  await expect(turn.getByText('Mud on the left boot only.')).toBeVisible()
  await expect(turn.getByText('And in a hurry.')).toBeHidden()
  await layers.getByRole('radio', { name: 'Words' }).check({ force: true })
})

test('by keyboard alone: the layers, a thought, and a message', async ({ page, modelServer }) => {
  await converse(page)
  const words = page.getByRole('radio', { name: 'Words' })
  await words.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: '+ Thoughts' })).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await expect(words).toBeChecked()
  const thought = lastTurn(page)
    .getByRole('button', { name: /^Inner thought/ })
    .first()
  await thought.focus()
  await page.keyboard.press('Enter')
  await expect(thought).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Space')
  await expect(thought).toHaveAttribute('aria-expanded', 'false')
  modelServer.next({ text: 'Again.</system_thinking>Indeed.' })
  await page.getByRole('textbox', { name: 'Message' }).focus()
  await page.keyboard.type('And now?')
  await page.keyboard.press('Enter')
  await expect(lastTurn(page).getByText('Indeed.')).toBeVisible()
})

test('opening a thought at the end of the chat does not pull the button away', async ({ page }) => {
  await converse(page)
  const thought = lastTurn(page)
    .getByRole('button', { name: /^Inner thought/ })
    .first()
  await expect(thought).toBeVisible()
  await page.waitForTimeout(300)
  const before = await thought.boundingBox()
  await thought.click()
  await page.waitForTimeout(400)
  const after = await thought.boundingBox()
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(2)
})

test('Again makes a take, Edit makes a take, and one walks between them', async ({ page, modelServer }) => {
  await converse(page)
  modelServer.next({ text: 'Anew.</system_thinking>Another answer.' })
  await lastTurn(page).getByRole('button', { name: 'Again' }).click()
  await expect(lastTurn(page).getByText('Another answer.')).toBeVisible()
  await expect(lastTurn(page).getByText('2 of 2')).toBeVisible()
  await replyEnded(page)
  await lastTurn(page).getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Speech' }).fill('An edited answer.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(lastTurn(page).getByText('An edited answer.')).toBeVisible()
  await expect(lastTurn(page).getByText('3 of 3')).toBeVisible()
  await lastTurn(page).getByRole('button', { name: 'Previous take' }).click()
  await expect(lastTurn(page).getByText('Another answer.')).toBeVisible()
  await lastTurn(page).getByRole('button', { name: 'Previous take' }).click()
  await expect(lastTurn(page).getByText('Do sit.')).toBeVisible()
  await page.reload()
  await expect(lastTurn(page).getByText('1 of 3')).toBeVisible()
})

test('a deleted turn comes back with Undo', async ({ page }) => {
  await converse(page)
  await lastTurn(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(turns(page).getByText('Do sit.')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(lastTurn(page).getByText('Do sit.')).toBeVisible()
})

test('a steered thought goes over the wire as it was written, and the rest is said anew', async ({
  page,
  modelServer,
}) => {
  await converse(page)
  modelServer.next({ text: 'You came by train.' })
  await lastTurn(page).getByRole('button', { name: 'Steer the thought' }).click()
  await page.getByRole('textbox', { name: /instead/ }).fill('Soot on the collar.')
  await page.getByRole('button', { name: 'Say it from here' }).click()
  await expect(lastTurn(page).getByText('You came by train.')).toBeVisible()
  expect(modelServer.generations().at(-1)?.body?.messages?.at(-1)).toEqual({
    role: 'assistant',
    content:
      '<system_thinking>He waits for more.</system_thinking><role_action>turns a page</role_action>' +
      '<role_thinking>Soot on the collar.</role_thinking>',
  })
})

test('Stop keeps the words, and Continue goes on from them', async ({ page, modelServer }) => {
  modelServer.forget()
  modelServer.next({ text: long, rate: 60 }, { text: ' And so it ended.' })
  await send(page, 'Tell me')
  await expect(lastTurn(page).getByText(/The fog is thick/)).toBeVisible({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(lastTurn(page)).toContainText('Stopped.')
  await lastTurn(page).getByRole('button', { name: 'Continue' }).click()
  await expect(lastTurn(page).getByText(/And so it ended/)).toBeVisible()
  await expect(lastTurn(page).getByText(/\d of \d/)).toHaveCount(0)
})

test('a page that was scrolled up stays where it is while words arrive', async ({ page, modelServer }) => {
  modelServer.forget()
  modelServer.next({ text: long }, { text: long, rate: 80 })
  await converse(page)
  const log = page.getByRole('log')
  await send(page, 'Go on')
  await expect(page.getByTestId('stage')).toHaveText('speaking', { timeout: 15_000 })
  await log.evaluate((one) => one.scrollTo(0, 40))
  await page.waitForTimeout(300)
  const before = await log.evaluate((one) => one.scrollTop)
  await page.waitForTimeout(1200)
  expect(Math.abs((await log.evaluate((one) => one.scrollTop)) - before)).toBeLessThanOrEqual(2)
  await page.getByRole('button', { name: 'To the end' }).click()
  await page.getByRole('button', { name: 'Stop' }).click()
})

for (const width of [1280, 360]) {
  test(`the story’s window keeps its height while a reply comes, ${width} px wide`, async ({ page, modelServer }) => {
    await page.setViewportSize({ width, height: 800 })
    modelServer.forget()
    modelServer.next({ text: reply }, { text: long, rate: 80 })
    await converse(page)
    await expect(page.getByRole('button', { name: 'Write for me' })).toBeVisible()
    await expect(page.getByRole('button', { name: /tokens, estimated$/ })).toBeVisible()
    const heightOfLog = () => page.getByRole('log').evaluate((log) => log.clientHeight)
    const atRest = await heightOfLog()
    await send(page, 'Go on')
    await expect(page.getByTestId('stage')).toHaveText('speaking', { timeout: 15_000 })
    await expect(page.getByRole('button', { name: 'Write for me' })).toHaveCount(0)
    expect(await heightOfLog()).toBe(atRest)
    await page.getByRole('button', { name: 'Stop' }).click()
  })
}

test('a text that was not sent is there after a reload', async ({ page }) => {
  const composer = page.getByRole('textbox', { name: 'Message' })
  await composer.fill('A half-written')
  await page.reload()
  await expect(composer).toHaveValue('A half-written')
  await composer.fill('')
})

test('a reload in the middle of a reply keeps every saved word, marked as interrupted', async ({
  page,
  modelServer,
}) => {
  modelServer.forget()
  modelServer.next({ text: long, rate: 60 }, { text: ' The end.' })
  await send(page, 'Tell me')
  await expect(lastTurn(page).getByText(/The fog is thick/)).toBeVisible({ timeout: 15_000 })
  await page.waitForTimeout(1500)
  const shown = (await lastTurn(page).locator('[data-layer=speech]').innerText()).length
  await page.reload()
  await expect(lastTurn(page)).toContainText('This reply was interrupted')
  const kept = (await lastTurn(page).locator('[data-layer=speech]').innerText()).length
  // 60 tokens a second at about four characters: a second and a half of them, to be generous to a busy machine.
  expect(kept).toBeGreaterThan(shown - 400)
  await lastTurn(page).getByRole('button', { name: 'Continue' }).click()
  await expect(lastTurn(page).getByText(/The end/)).toBeVisible()
})
