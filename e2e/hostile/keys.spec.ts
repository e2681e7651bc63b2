import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { violationsOf } from '../axe.ts'
import { beginChat, connectTo, expect, lastTurn, readDatabase, replyEnded, send, test } from '../journey.ts'

const key = 'sk-CANARY-4f1d2c3b5a69788796a5'
const passphrase = 'correct horse battery'
const story = 'STORY-CANARY-91c7e05ab84f26d3'
/** Long enough to be nothing else, in characters. */
const partLength = 9

/** Notes whatever the page says where others can hear it. */
async function overhear(context: BrowserContext): Promise<string[]> {
  const heard: string[] = []
  context.on('console', (message) => heard.push(message.text()))
  context.on('request', (request) => heard.push(request.url(), request.postData() ?? ''))
  await context.exposeBinding('overhear', (_source, text: string) => void heard.push(text))
  await context.addInitScript(() => {
    const tell = (value: unknown) => {
      const seen = JSON.stringify(value, (_, part) =>
        part instanceof Uint8Array ? new TextDecoder('latin1').decode(part) : part,
      )
      ;(window as unknown as { overhear: (text: string) => void }).overhear(String(seen))
    }
    const post = BroadcastChannel.prototype.postMessage
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      tell(message)
      post.call(this, message)
    }
    const keep = Storage.prototype.setItem
    Storage.prototype.setItem = function (name: string, value: string) {
      tell([name, value])
      keep.call(this, name, value)
    }
  })
  return heard
}

/**
 * The files of a folder, all the way down, that hold a part of a text in one of the ways a browser writes it. A part is
 * enough: where a browser compresses what it keeps, a text stands there in parts, each new one as it is.
 */
function filesWith(folder: string, text: string): string[] {
  const parts = Array.from({ length: text.length - partLength + 1 }, (_, at) => text.slice(at, at + partLength))
  const written = parts.flatMap((part) => [Buffer.from(part, 'latin1'), Buffer.from(part, 'utf16le')])
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    return written.some((one) => bytes.includes(one)) ? [entry.name] : []
  })
}

async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return readFileSync(await file.path())
}

test('a key is nowhere but with its server, and with a passphrase only who knows it uses it', async ({ modelServer }, {
  project,
}) => {
  test.setTimeout(180_000)
  const profile = mkdtempSync(join(tmpdir(), 'subtext-keys-'))
  const { launchOptions = {}, baseURL = '', viewport = null } = project.use
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL, viewport })
  const heard = await overhear(context)
  const page = context.pages()[0] ?? (await context.newPage())
  await connectTo(page, `${modelServer.url}/v1`, { model: 'her', key })
  await expect(page.getByRole('region', { name: 'Locked keys' })).toHaveCount(0)
  await beginChat(page)
  const chat = page.url()

  // A server that repeats it, and the prompt as it is shown.
  modelServer.next({ status: 400, contentType: 'application/json', body: `{"error":{"message":"No: ${key}"}}` })
  await send(page, story)
  await expect(lastTurn(page).getByRole('alert')).toContainText('No: …')
  await page.keyboard.press('Alt+p')
  await expect(page.getByRole('dialog').getByRole('list', { name: 'Messages' })).toBeVisible()
  heard.push(await page.content())
  await page.keyboard.press('Escape')

  // Whatever goes out.
  await page.keyboard.press('Alt+x')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  for (const format of ['html', 'subtext', 'sillytavern']) {
    await dialog.getByLabel('Format').selectOption(format)
    const file = await download(page, () => dialog.getByRole('button', { name: 'Save' }).click())
    heard.push(file.toString('latin1'))
  }
  await page.goto('/settings')
  const backup = await download(page, () => page.getByRole('button', { name: 'Save a backup', exact: true }).click())
  expect(gunzipSync(backup).toString()).toContain(story)
  heard.push(gunzipSync(backup).toString())

  // A backup that is sealed opens with its passphrase.
  await page.getByRole('button', { name: 'Save one with a passphrase' }).click()
  const sealing = page.getByRole('dialog', { name: 'A backup with a passphrase' })
  await sealing.getByLabel('Passphrase').fill(passphrase)
  await sealing.getByLabel('Once more').fill(`${passphrase}!`)
  await sealing.getByRole('button', { name: 'Save it' }).click()
  await expect(sealing).toContainText('The two are not the same.')
  await sealing.getByLabel('Once more').fill(passphrase)
  const sealed = await download(page, () => sealing.getByRole('button', { name: 'Save it' }).click())
  expect(sealed.toString('latin1')).not.toContain(story)
  await page.getByLabel('Restore from a backup').setInputFiles({ name: 'mine.sealed', mimeType: '', buffer: sealed })
  const restoring = page.getByRole('dialog')
  await restoring.getByLabel('Passphrase').fill('something else')
  await restoring.getByRole('button', { name: 'Open it' }).click()
  await expect(restoring.getByRole('alert')).toContainText('This is not its passphrase')
  await restoring.getByLabel('Passphrase').fill(passphrase)
  await restoring.getByRole('button', { name: 'Open it' }).click()
  await expect(restoring.getByRole('row', { name: 'Chats 0' })).toBeVisible()
  await restoring.getByRole('button', { name: 'Cancel' }).click()

  // A passphrase is set; a page that is opened anew asks for it, in a line that can be sent away.
  await page.goto('/connections')
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  const setting = page.getByRole('dialog', { name: 'Set a passphrase' })
  await setting.getByLabel('New passphrase').fill(passphrase)
  await setting.getByLabel('Once more').fill(passphrase)
  await setting.getByRole('button', { name: 'Set it' }).click()
  await expect(page.getByText('Your keys are unlocked in this tab')).toBeVisible()
  modelServer.forget()
  await page.goto(chat)
  const locked = page.getByRole('region', { name: 'Locked keys' })
  await expect(locked).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await send(page, 'Without the key?')
  await expect(lastTurn(page).getByRole('alert')).toContainText('Your keys are locked')
  expect(modelServer.generations()).toEqual([])
  await locked.getByLabel('Your keys are locked.').fill('not this one')
  await locked.getByRole('button', { name: 'Unlock' }).click()
  await expect(locked.getByRole('status')).toContainText('This is not the passphrase.')
  await locked.getByLabel('Your keys are locked.').fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(locked).toHaveCount(0)
  modelServer.next({ text: 'Plan.</system_thinking>With the key.' })
  await lastTurn(page).getByRole('button', { name: 'Retry' }).click()
  await expect(lastTurn(page)).toContainText('With the key.')
  await replyEnded(page)
  expect(modelServer.generations().at(-1)?.headers.authorization).toBe(`Bearer ${key}`)

  // Another tab asks for itself; and locking is for all of them.
  const other = await context.newPage()
  await other.goto('/connections')
  const lockedThere = other.getByRole('region', { name: 'Locked keys' })
  await lockedThere.getByLabel('Your keys are locked.').fill(passphrase)
  await lockedThere.getByRole('button', { name: 'Unlock' }).click()
  await other.getByRole('button', { name: 'Lock now' }).click()
  await expect(lockedThere).toBeVisible()
  await expect(locked).toBeVisible()
  modelServer.forget()
  await send(page, 'And now?')
  await expect(lastTurn(page).getByRole('alert')).toContainText('Your keys are locked')
  expect(modelServer.generations()).toEqual([])

  // It is taken away again by who knows it.
  await other.getByRole('button', { name: 'Remove it' }).click()
  const removing = other.getByRole('dialog', { name: 'Remove the passphrase' })
  await removing.getByLabel('Passphrase now').fill('not this one')
  await removing.getByRole('button', { name: 'Remove it' }).click()
  await expect(removing.getByRole('alert')).toContainText('This is not the passphrase.')
  await removing.getByLabel('Passphrase now').fill(passphrase)
  await removing.getByRole('button', { name: 'Remove it' }).click()
  await expect(other.getByRole('button', { name: 'Set a passphrase' })).toBeVisible()
  await expect(lockedThere).toHaveCount(0)

  heard.push(JSON.stringify(await readDatabase(page)), page.url(), other.url())
  await context.close()
  for (const secret of [key, passphrase]) {
    expect(heard.filter((text) => text.includes(secret)).map((text) => text.slice(0, 200))).toEqual([])
    expect(filesWith(profile, secret)).toEqual([])
  }
  // What is on disk is found there.
  expect(filesWith(profile, story)).not.toEqual([])
  rmSync(profile, { recursive: true, force: true })
})
