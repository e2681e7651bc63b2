import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Locator, Page } from '@playwright/test'
import { beginChat, connectTo, expect, lastStored, lastTurn, replyEnded, send, test, turns } from './journey.ts'

/** Presses a button that saves a file, and gives what is in it. */
async function saved(page: Page, button: Locator): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await button.click()
  return readFile(await (await downloading).path())
}

/** Fills what the browser gives the page, but for a few kilobytes. */
async function fillDisk(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opening = indexedDB.open('ballast', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('ballast', { autoIncrement: true })
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    // Nothing that could be packed: what is packed later makes room.
    const noise = new Uint8Array(4_194_304)
    for (let at = 0; at < noise.length; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536))
    const put = (size: number) =>
      new Promise<boolean>((resolve) => {
        const writing = opening.result.transaction('ballast', 'readwrite')
        writing.objectStore('ballast').put(noise.slice(0, size))
        writing.oncomplete = () => resolve(true)
        writing.onabort = () => resolve(false)
      })
    for (let size = noise.length; size > 2000; size /= 4) while (await put(size));
    opening.result.close()
  })
}

test('a disk that is full, gone, withheld, too new or held by an old tab: each is told, and nothing need be lost', async ({
  page,
  context,
  browser,
  modelServer,
}, { project }) => {
  test.slow()
  const { baseURL: origin = '' } = project.use
  const note = page.getByRole('alert')
  const session = await context.newCDPSession(page)
  // Only before the first write: the browser looks at it again half a minute later.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 })
  await connectTo(page, modelServer.url, { model: 'her' })
  await beginChat(page)
  const address = page.url()
  const text = `Plan.</system_thinking>All of it is kept. ${'And all of this. '.repeat(2000)}`

  await test.step('full at the end of a reply: the words stay, and are saved when there is room', async () => {
    modelServer.next({ text, delta: 5000 })
    let fill = () => {}
    const filled = new Promise<void>((resolve) => {
      fill = resolve
    })
    await page.route('**/chat/completions', async (route) => {
      await filled
      await route.continue()
    })
    await send(page, 'Tell me')
    await fillDisk(page)
    fill()
    await expect(lastTurn(page)).toContainText('Could not be saved', { timeout: 30_000 })
    await expect(lastTurn(page)).toContainText('All of it is kept.')
    await lastTurn(page).getByRole('button', { name: 'Save it now' }).click()
    await expect(note.first()).toContainText('is used up: the last change was not kept')
    const backup = await saved(page, page.getByRole('button', { name: 'Save a backup' }))
    expect(gunzipSync(backup).toString()).toContain('Tell me')

    const composer = page.getByRole('textbox', { name: 'Message' })
    const words = `And then? ${'And then? '.repeat(2000)}`
    await composer.fill(words)
    await composer.press('Enter')
    await expect(page.getByText('could not save your message, so it was not sent')).toBeVisible()
    await expect(composer).toHaveValue(words)
    await session.send('Storage.overrideQuotaForOrigin', { origin })
    await page.evaluate(() => indexedDB.deleteDatabase('ballast'))
    // The browser takes its time to find the room that there is.
    const save = page.getByRole('button', { name: 'Save it now' })
    await expect(async () => {
      if (await save.isVisible()) await save.click({ timeout: 2000 })
      await expect(save).toHaveCount(0, { timeout: 3000 })
    }).toPass({ timeout: 60_000 })
    expect(await lastStored(page)).toMatchObject({ ending: 'complete' })
    expect((await lastStored(page))?.raw).toContain('All of it is kept.')
    await page.getByRole('button', { name: 'Hide' }).click()
    await expect(note).toHaveCount(0)
    await composer.fill('')
  })

  await test.step('evicted beneath the page: what it shows is saved, and comes back', async () => {
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await expect(note).toContainText('deleted or closed the storage of this page')
    const buffer = await saved(page, page.getByRole('button', { name: 'Save what is here' }))
    await page.goto('/settings')
    await page
      .getByLabel('Restore from a backup')
      .setInputFiles({ name: 'mine.gz', mimeType: 'application/gzip', buffer })
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('added')
    await page.goto(address)
    await expect(turns(page).getByText('Tell me', { exact: true })).toBeVisible()
    await expect(lastTurn(page)).toContainText('All of it is kept.')
    // The same by another page of the origin.
    await page.evaluate(() => indexedDB.deleteDatabase('subtext'))
    await expect(note).toContainText('deleted or closed the storage of this page')
    await page.getByRole('button', { name: 'Load the page again' }).click()
    await expect(page.getByRole('heading', { name: 'There is no such chat here' })).toBeVisible()
    await page.reload()
    await expect(note).toContainText('What was kept here is gone')
    await note.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { name: 'Backup' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'A passphrase for everything' })).toBeVisible()
    await note.getByRole('button', { name: 'Hide' }).click()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Backup' })).toBeVisible()
    await expect(note).toHaveCount(0)
  })

  await test.step('an old tab that holds on: it is asked for, and then all goes on by itself', async () => {
    const old = await context.newPage()
    await old.goto('/icon.svg')
    await page.goto('/icon.svg')
    await old.evaluate(async () => {
      await new Promise((resolve) => {
        indexedDB.deleteDatabase('subtext').onsuccess = resolve
      })
      const opening = indexedDB.open('subtext', 1)
      await new Promise((resolve) => {
        opening.onupgradeneeded = () => {
          const { result } = opening
          for (const table of ['characters', 'files', 'conversations', 'personas', 'connections']) {
            result.createObjectStore(table, { keyPath: 'id' })
          }
          result.createObjectStore('turns', { keyPath: ['conversationId', 'id'] })
          result.createObjectStore('keys', { keyPath: 'connectionId' })
          result.createObjectStore('settings', { keyPath: 'name' })
        }
        opening.onsuccess = resolve
      })
      // What nobody holds is closed.
      Object.assign(window, { held: opening.result })
    })
    await page.goto('/chats')
    await expect(page.getByRole('heading', { name: 'Another tab still runs an older version' })).toBeVisible()
    await old.close()
    await expect(page.getByRole('heading', { level: 1, name: 'Chats' })).toBeVisible()
  })

  await test.step('a database of a newer app is left alone', async () => {
    await page.goto('/icon.svg')
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('subtext', 1000)
          opening.onsuccess = () => {
            opening.result.close()
            resolve()
          }
        }),
    )
    await page.goto('/chats')
    await expect(note).toContainText('was made by a newer version of Subtext')
    expect(await page.evaluate(async () => (await indexedDB.databases())[0]?.version)).toBe(1000)
  })

  await test.step('no disk at all: one can play, and save what was played', async () => {
    const without = await browser.newPage({ baseURL: origin })
    await without.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        },
      })
    })
    await beginChat(without)
    await expect(without.getByRole('alert')).toContainText('gives the page no storage')
    await send(without, 'Nobody keeps this')
    await replyEnded(without)
    const backup = await saved(without, without.getByRole('button', { name: 'Save a backup' }))
    expect(gunzipSync(backup).toString()).toContain('Nobody keeps this')
    await without.close()
  })
})
