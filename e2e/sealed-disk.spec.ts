import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { connectTo, expect, readDatabase, replyEnded, send, test, turns } from './journey.ts'

const passphrase = 'correct horse battery'

/** Whether these words can be read in any row of the database. */
async function isOnDisk(page: Page, words: RegExp): Promise<boolean> {
  return words.test(JSON.stringify(await readDatabase(page)))
}

test('everything is sealed with a passphrase: nothing is read on disk, each tab asks, and it is taken away again', async ({
  page,
  modelServer,
}) => {
  await connectTo(page, `${modelServer.url}/v1`, { model: 'her' })
  await page.goto('/characters')
  await page.getByRole('main').getByRole('link', { name: 'Sherlock Holmes' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  await send(page, 'A canary sings.')
  await replyEnded(page)
  const chat = page.url()
  const settings = await page.context().newPage()
  await settings.goto('/settings')
  const section = settings.getByRole('region', { name: 'A passphrase for everything' })
  await section.getByRole('button', { name: 'Set a passphrase' }).click()
  await settings.getByLabel('New passphrase').fill(passphrase)
  await settings.getByLabel('Once more').fill(passphrase)
  await settings.getByRole('button', { name: 'Seal everything' }).click()

  // The chat's tab was loaded anew too, and has let go of the disk.
  await expect(page.getByRole('heading', { name: 'Subtext is locked' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByLabel('Passphrase').fill('wrong horse battery')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('This is not the passphrase. Nothing was unlocked.')
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(turns(page).getByText('A canary sings.')).toBeVisible({ timeout: 30_000 })
  expect((await readDatabase(page))['turns']?.length).toBeGreaterThan(2)
  expect(await isOnDisk(page, /canary|Baker Street|127\.0\.0\.1/i)).toBe(false)

  // It is played on, found, and kept sealed.
  await send(page, 'Another one answers.')
  await replyEnded(page)
  expect(await isOnDisk(page, /Another one/)).toBe(false)
  await page.goto('/search')
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByRole('searchbox').fill('canary')
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /canary/ })
      .first(),
  ).toBeVisible()

  await settings.getByLabel('Passphrase').fill(passphrase)
  await settings.keyboard.press('Enter')
  await section.getByRole('button', { name: 'Remove it' }).click()
  await settings.getByLabel('Passphrase now').fill(passphrase)
  await settings.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByRole('heading', { name: 'Subtext is locked' })).toBeVisible()
  await settings.getByLabel('Passphrase').fill(passphrase)
  await settings.keyboard.press('Enter')
  await expect(section.getByRole('button', { name: 'Set a passphrase' })).toBeVisible({ timeout: 30_000 })
  await page.goto(chat)
  await expect(turns(page).getByText('Another one answers.')).toBeVisible()
  expect(await isOnDisk(page, /Another one/)).toBe(true)
})
