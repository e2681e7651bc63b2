import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, lastTurn, replyEnded, send, test } from './journey.ts'

const hint = /A seal in the margin is a thought that was not said/

/** A scene keeps a human pace. */
const theScenePlays = { timeout: 15_000 }

/** Opens the page as a newcomer does, and gives the turn that is being played. */
async function arrive(page: Page) {
  await page.goto('/')
  await expect(page).toHaveURL(/\/chat\/./)
  return page.getByRole('log', { name: 'Conversation' }).getByRole('article', { name: 'Elizabeth Bennet' })
}

test('a scene plays at once: planning ticks, a thought comes sealed, then she acts and speaks', async ({ page }) => {
  const turn = await arrive(page)
  const planning = turn.getByRole('button', { name: /^Planning/ })
  await expect(planning).toHaveText(/\d\.\d s · ~\d+ tokens/)
  await expect(planning).toHaveAttribute('aria-expanded', 'false')
  const before = await planning.textContent()
  await expect(planning).not.toHaveText(before ?? '')
  await expect(turn.locator('[data-layer=role_action]').first()).toBeVisible(theScenePlays)
  await expect(turn.locator('[data-layer=speech]').first()).toBeVisible(theScenePlays)
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  const thought = turn.getByRole('button', { name: /^Inner thought/ }).first()
  await expect(thought).toBeVisible(theScenePlays)
  await expect(thought).toHaveAttribute('aria-expanded', 'false')
  await replyEnded(page)
  for (const layer of ['system_thinking', 'role_thinking']) {
    for (const block of await turn.locator(`[data-layer=${layer}] > div`).all()) await expect(block).toBeHidden()
  }
  await expect(turn).toContainText('scripted')
})

test('the seal is explained until one is opened, and what was opened stays open', async ({ page }) => {
  const turn = await arrive(page)
  await expect(page.getByText(hint)).toBeVisible()
  const thought = turn.getByRole('button', { name: /^Inner thought/ }).first()
  await thought.click(theScenePlays)
  await expect(thought).toHaveAttribute('aria-expanded', 'true')
  const words = turn.locator('[data-layer=role_thinking] > div').first()
  await expect(words).toBeVisible()
  await expect(words).not.toHaveText('')
  await expect(page.getByText(hint)).toBeHidden()
  await replyEnded(page)

  await page.reload()
  await expect(thought).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText(hint)).toHaveCount(0)
})

test('the three-way switch opens thoughts, then planning, and is remembered', async ({ page }) => {
  const turn = await arrive(page)
  const layers = page.getByRole('radiogroup', { name: 'Layers' })
  const thought = turn.getByRole('button', { name: /^Inner thought/ }).first()
  const planning = turn.getByRole('button', { name: /^Planning/ })
  await expect(layers.getByRole('radio', { name: 'Words' })).toBeChecked()
  await expect(thought).toBeVisible(theScenePlays)

  await layers.getByText('+ Thoughts').click()
  await expect(thought).toHaveAttribute('aria-expanded', 'true')
  await expect(planning).toHaveAttribute('aria-expanded', 'false')
  await layers.getByText('+ Planning').click()
  await expect(planning).toHaveAttribute('aria-expanded', 'true')

  await page.reload()
  await expect(layers.getByRole('radio', { name: '+ Planning' })).toBeChecked()
  await expect(planning).toHaveAttribute('aria-expanded', 'true')
  await layers.getByText('Words').click()
  await expect(planning).toHaveAttribute('aria-expanded', 'false')
})

test('the demo answers what is said, by script and with no network, and shows the way to a model', async ({
  page,
  context,
}) => {
  const scene = await arrive(page)
  await expect(page.getByText('The built-in demo plays a script')).toBeVisible()
  await replyEnded(page)
  const first = await scene.locator('[data-layer=speech]').allTextContents()

  await context.setOffline(true)
  await send(page, 'You are the most charming person at this ball.')
  await expect(page.getByRole('article').filter({ hasText: 'most charming person' })).toBeVisible()
  await expect(lastTurn(page)).toHaveAccessibleName('Elizabeth Bennet')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('scripted')
  await expect(page.getByRole('alert')).toHaveCount(0)
  const second = await lastTurn(page).locator('[data-layer=speech]').allTextContents()
  expect(second.join('')).not.toBe('')
  expect(second).not.toEqual(first)
  await context.setOffline(false)

  await page.getByRole('link', { name: 'Connect a model' }).click()
  await expect(page).toHaveURL(/\/connections$/)
  await expect(page.getByRole('textbox', { name: 'Base URL' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Built-in demo' })).toContainText('A script, not a model')
})

test('all the scripts it takes until she speaks weigh no more than 200 kB', async ({ page }) => {
  const weights: Promise<number>[] = []
  page.on('response', (response) => {
    if (!/javascript/.test(response.headers()['content-type'] ?? '')) return
    weights.push(response.body().then((body) => gzipSync(body).length))
  })
  const turn = await arrive(page)
  await expect(turn.locator('[data-layer=speech]').first()).toBeVisible(theScenePlays)
  const weight = (await Promise.all(weights)).reduce((sum, one) => sum + one, 0)
  expect(weight).toBeGreaterThan(100_000)
  expect(weight).toBeLessThanOrEqual(200_000)
})
