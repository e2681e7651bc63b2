import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, lastTurn, replyEnded, chatTest as test, turns } from './journey.ts'

const said = (words: string, thought = '') => ({
  text: `A plan.</system_thinking>${thought && `<role_thinking>${thought}</role_thinking>`}${words}`,
})

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

test('three in a room: who is spoken to answers, and nobody is told what is not theirs to know', async ({
  page,
  modelServer,
}) => {
  test.setTimeout(90_000)
  const asked = () => JSON.stringify(modelServer.generations().at(-1)?.body)
  const cast = page.getByRole('region', { name: 'Who is in the scene' })
  const choose = async (name: string, item: string) => {
    await cast.getByRole('button', { name }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const say = async (words: string) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(words)
    await page.getByRole('textbox', { name: 'Message' }).press('Enter')
    await expect(turns(page).filter({ hasText: words })).toBeVisible()
  }

  await page.goto('/characters')
  await page.getByRole('button', { name: 'New scene' }).click()
  const dialog = page.getByRole('dialog', { name: 'New scene' })
  for (const name of ['Sherlock Holmes', 'Jane Eyre', 'Count Dracula']) {
    await dialog.getByRole('checkbox', { name }).check({ force: true })
  }
  await dialog.getByRole('textbox', { name: 'How it opens' }).fill('Rain beats on the shutters of the inn.')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sherlock Holmes, Jane Eyre, and Count Dracula')
  await expect(lastTurn(page)).toContainText('Rain beats')
  await expect(cast.getByRole('listitem')).toHaveCount(3)

  modelServer.next(said('I prefer the fire.', 'JANE-CANARY'))
  await say('Jane, are you cold?')
  await replyEnded(page)
  await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Jane Eyre')
  expect(asked()).toContain('You are Jane Eyre')

  // A whisper: only the Count hears it, and whispers back.
  await choose('Count Dracula', 'Whisper to them')
  modelServer.next(said('Then we wait.', 'COUNT-CANARY'))
  await say('The key is in the WHISPER-CANARY.')
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('whispers')
  expect(asked()).toContain('WHISPER-CANARY')
  expect(asked()).not.toContain('JANE-CANARY')

  // Jane leaves, and hears nothing of what is said meanwhile.
  await choose('Jane Eyre', 'Leaves')
  await expect(lastTurn(page)).toContainText('Jane Eyre leaves.')
  await expect(cast.getByRole('button', { name: 'Jane Eyre away' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Who answers' }).selectOption({ label: 'Sherlock Holmes' })
  modelServer.next(said('She is afraid. ABSENT-CANARY.', 'HOLMES-CANARY'))
  await say('What do you make of her?')
  await replyEnded(page)
  await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Sherlock Holmes')
  expect(asked()).not.toMatch(/WHISPER-CANARY|COUNT-CANARY|JANE-CANARY|Then we wait/)
  await choose('Jane Eyre', 'Comes in')
  await expect(lastTurn(page)).toContainText('Jane Eyre comes in.')

  // The environment knows what all of them know.
  modelServer.next(said('A candle goes out.'))
  await page.getByRole('button', { name: 'Narrate' }).click()
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('A candle goes out.')
  expect(asked()).not.toMatch(/CANARY/)

  modelServer.next(said('I heard a door.'))
  await choose('Jane Eyre', 'Answer now')
  await expect(lastTurn(page)).toContainText('I heard a door.')
  await replyEnded(page)
  expect(asked()).toContain('JANE-CANARY')
  expect(asked()).not.toMatch(/WHISPER|COUNT-|ABSENT|HOLMES-C/)

  // By itself, with a stop that can be seen.
  modelServer.next(said('So be it.'), said('Quite.'), said('Indeed.'))
  await page.getByRole('button', { name: 'Let it run' }).click()
  await page.getByRole('menuitem', { name: 'Three turns, in turn' }).click()
  await expect(lastTurn(page)).toContainText('Indeed.', { timeout: 20_000 })
  await replyEnded(page)
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('button', { name: 'Let it run' })).toBeInViewport()
  await expectAccessible(page)
})
