import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { beginChat, connectTo, expect, readDatabase, replyEnded, send, test, turns } from './journey.ts'

const key = 'sk-only-mine'

async function choose(page: Page, file: { name: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel('Restore from a backup').setInputFiles({ ...file, mimeType: 'application/gzip' })
}

test('everything goes out as one file without keys, and comes back in another browser, seen before it is written', async ({
  page,
  browser,
  modelServer,
}) => {
  await connectTo(page, `${modelServer.url}/vllm`, { model: 'her', key })
  await beginChat(page)
  modelServer.next({ text: 'Plan.</system_thinking><role_thinking>Hm.</role_thinking>Naïve 夜.' })
  await send(page, 'Good day')
  await replyEnded(page)
  const chatPath = new URL(page.url()).pathname

  await page.goto('/settings')
  await expect(page.getByText('None was saved so far.')).toBeVisible()
  const downloaded = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save a backup' }).click()
  const download = await downloaded
  expect(download.suggestedFilename()).toMatch(/^subtext-backup-\d{4}-\d\d-\d\d\.jsonl\.gz$/)
  const buffer = readFileSync(await download.path())
  expect(gunzipSync(buffer).toString()).not.toContain(key)
  await expect(page.getByText(/^Last saved on/)).toBeVisible()
  const before = await readDatabase(page)

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto('/settings')
  const dialog = elsewhere.getByRole('dialog')
  await choose(elsewhere, { name: 'holiday.gz', buffer: Buffer.from('no backup') })
  await expect(dialog).toContainText('This file is no backup of Subtext.')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await choose(elsewhere, { name: 'half.jsonl.gz', buffer: buffer.subarray(0, buffer.length / 2) })
  await expect(dialog).toContainText('This backup is not whole')
  await dialog.getByRole('button', { name: 'Close' }).click()
  expect((await readDatabase(elsewhere))['turns']).toEqual([])

  await choose(elsewhere, { name: 'mine.jsonl.gz', buffer })
  await expect(dialog.getByRole('row', { name: 'Turns 5 0 0' })).toBeVisible()
  await expect(dialog).toContainText('Nothing is written yet.')
  expect((await readDatabase(elsewhere))['turns']).toEqual([])
  expect(await violationsOf(elsewhere)).toEqual([])
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(dialog.getByRole('status')).toContainText('added, 0 replaced')
  const after = await readDatabase(elsewhere)
  for (const table of ['turns', 'conversations', 'personas', 'connections']) expect(after[table]).toEqual(before[table])
  expect(after['keys']).toEqual([])
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(dialog).toContainText('everything is as it was before')
  await expect.poll(async () => (await readDatabase(elsewhere))['turns']).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).click()

  await choose(elsewhere, { name: 'mine.jsonl.gz', buffer })
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await elsewhere.goto(chatPath)
  await expect(turns(elsewhere).last()).toContainText('Naïve 夜.')

  // Here the chat has another name by now: which of the two stays is the reader's choice.
  await page.goto(chatPath)
  await send(page, 'And since')
  await replyEnded(page)
  await page.goto('/settings')
  await choose(page, { name: 'mine.jsonl.gz', buffer })
  const here = page.getByRole('dialog')
  await expect(here.getByRole('row', { name: 'Chats 0 0 1' })).toBeVisible()
  await here.getByRole('radio', { name: 'becomes as it is in the backup' }).check()
  await here.getByRole('button', { name: 'Restore' }).click()
  await expect(here.getByRole('status')).toContainText('0 added')
  await page.goto(chatPath)
  await expect(turns(page).last()).toContainText('Naïve 夜.')
  expect((await readDatabase(page))['turns']).toHaveLength(7)
})

test('who has much to lose is reminded of it, once, and sends it away for a month', async ({ page }) => {
  await beginChat(page)
  const reminder = page.getByRole('complementary', { name: 'Backup' })
  await page.goto('/chats')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  // What is not to come is given the time to come.
  await page.waitForTimeout(1000)
  await expect(reminder).toHaveCount(0)
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('subtext')
      request.onsuccess = () => resolve(request.result)
    })
    const transaction = database.transaction('turns', 'readwrite')
    const store = transaction.objectStore('turns')
    const request = store.getAll()
    request.onsuccess = () => {
      for (let index = 0; index < 60; index += 1) store.put({ ...request.result[0], id: `more${index}` })
    }
    await new Promise((resolve) => {
      transaction.oncomplete = resolve
    })
    database.close()
  })
  await page.reload()
  await expect(reminder).toBeVisible()
  await reminder.getByRole('button', { name: 'Not now' }).click()
  await expect(reminder).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  // What is not to come is given the time to come.
  await page.waitForTimeout(1000)
  await expect(reminder).toHaveCount(0)
})
