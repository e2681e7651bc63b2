import type { Page } from '@playwright/test'
import { expect, lastStored, lastTurn, replyEnded, send, chatTest as test, turns } from './journey.ts'

const sentence = 'The fog is thick today, and the day is long. '
/** Lasts longer than any test: it is ended by hand. */
const long = `Long.</system_thinking>${sentence.repeat(300)}`
const speech = (page: Page) => lastTurn(page).locator('[data-layer=speech]')

test('two tabs follow one reply: one writes, the other reads along, and neither asks twice', async ({
  page,
  modelServer,
}) => {
  test.slow()
  modelServer.next({ text: long, rate: 50 }, { text: 'Brief.</system_thinking>Indeed it is.' })
  const other = await page.context().newPage()
  await other.goto(page.url())
  await send(page, 'Tell me')
  await expect(turns(other).getByText('Tell me', { exact: true })).toBeVisible()
  await expect(speech(other)).toContainText('The fog is thick', { timeout: 15_000 })
  await expect(lastTurn(other)).toContainText('Being written in another tab.')
  // Come anew in the middle of it, and nothing is taken over.
  await other.reload()
  await expect(speech(other)).toContainText('The fog is thick', { timeout: 15_000 })

  const before = (await speech(other).innerText()).length
  await expect.poll(async () => (await speech(other).innerText()).length).toBeGreaterThan(before)
  const draft = await lastStored(page)
  expect(draft?.ending).toBe('draft')
  const composer = other.getByRole('textbox', { name: 'Message' })
  await composer.fill('Let me in')
  await composer.press('Enter')
  await expect(other.getByText('Another tab is writing in this chat.')).toBeVisible()
  await expect(composer).toHaveValue('Let me in')
  await composer.fill('')
  await page.getByRole('button', { name: 'Stop' }).click()
  for (const tab of [page, other]) await expect(lastTurn(tab)).toContainText('Stopped.')
  expect(await speech(other).innerText()).toBe(await speech(page).innerText())
  expect(modelServer.generations()).toHaveLength(1)
  expect(await lastStored(other)).toMatchObject({ id: draft?.id, ending: 'stopped' })

  // The other one's turn to write.
  await send(other, 'And is it cold?')
  for (const tab of [page, other]) await expect(lastTurn(tab)).toContainText('Indeed it is.')
  await replyEnded(other)
  expect(modelServer.generations()).toHaveLength(2)
  for (const tab of [page, other]) await expect(turns(tab)).toHaveCount(5)
  await other.close()
})

test('three tabs: all follow, one that reads along stops the one that writes, and what each does stays', async ({
  page,
  modelServer,
}) => {
  test.slow()
  modelServer.next({ text: long, rate: 50 })
  const tabs = [page, await page.context().newPage(), await page.context().newPage()] as const
  const [writes, reads, edits] = tabs
  for (const tab of [reads, edits]) await tab.goto(page.url())
  await send(writes, 'Tell me')
  for (const tab of tabs) await expect(speech(tab)).toContainText('The fog is thick', { timeout: 15_000 })

  // What another tab does meanwhile to a turn that is there is not undone by the reply's end.
  await turns(edits).nth(1).hover()
  await turns(edits).nth(1).getByRole('button', { name: 'More' }).click()
  await edits.getByRole('menuitem', { name: /Bookmark/ }).click()
  await lastTurn(reads).getByRole('button', { name: 'Stop it there' }).click()
  for (const tab of tabs) await expect(lastTurn(tab)).toContainText('Stopped.')
  const words = await speech(writes).innerText()
  for (const tab of tabs) {
    await expect(speech(tab)).toHaveText(words)
    await expect(turns(tab)).toHaveCount(3)
    await expect(turns(tab).getByRole('img', { name: 'Bookmarked' })).toHaveCount(1)
  }
  expect(modelServer.generations()).toHaveLength(1)
  for (const tab of [reads, edits]) await tab.close()
})

test('when the tab that writes is closed, the other says so and goes on', async ({ page, modelServer }) => {
  modelServer.next({ text: long, rate: 50 }, { text: 'And so it ended.' })
  const other = await page.context().newPage()
  await other.goto(page.url())
  await send(page, 'Tell me')
  await expect(speech(other)).toContainText('The fog is thick', { timeout: 15_000 })
  await page.goto('about:blank')
  await expect(lastTurn(other)).toContainText('This reply was interrupted', { timeout: 10_000 })
  const kept = await lastStored(other)
  await lastTurn(other).getByRole('button', { name: 'Continue' }).click()
  await expect(speech(other)).toContainText('And so it ended.')
  expect(modelServer.generations().at(-1)?.body?.messages?.at(-1)).toEqual({ role: 'assistant', content: kept?.raw })
  await other.close()
})
