import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { Turn } from '../src/core/conversation/turn.ts'
import { type ModelServer, startModelServer } from './model-server/model-server.ts'

export { expect }

/** A test with a model server of its own, on a real port. */
export const test = base.extend<{ modelServer: ModelServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  modelServer: async ({}, use) => {
    const server = await startModelServer()
    await use(server)
    await server.close()
  },
})

interface Connected {
  readonly server: ModelServer
  /** The page of the last test, where it is still of use, else a new one. */
  page(): Promise<Page>
}

/**
 * A test in a chat of its own whose model is connected already: the tests of a worker share a browser profile, a page
 * and its server. A third of the time of a test that connects for itself; not for tests of what a profile keeps.
 */
export const chatTest = base.extend<{ modelServer: ModelServer; page: Page }, { connected: Connected }>({
  connected: [
    async ({ browser }, use, { project }) => {
      const server = await startModelServer()
      const { baseURL = '', viewport = null } = project.use
      const context = await browser.newContext({ baseURL, viewport })
      let page = await context.newPage()
      await connectTo(page, `${server.url}/v1`, { model: 'her' })
      await use({
        server,
        page: async () => {
          const isLoose = page.isClosed() || !page.url().startsWith(`${baseURL}/chat/`)
          // Whoever left the chat may have left something open that covers the page.
          if (isLoose || (await page.getByRole('dialog').count()) > 0) {
            await page.close()
            page = await context.newPage()
            await page.goto('/characters')
          }
          return page
        },
      })
      await context.close()
      await server.close()
    },
    { scope: 'worker' },
  ],
  modelServer: async ({ connected: { server } }, use) => {
    server.forget()
    await use(server)
  },
  page: async ({ connected, modelServer: _clean, viewport }, use) => {
    const page = await connected.page()
    await page.evaluate(() => history.pushState(null, '', '/characters'))
    await startChat(page, 'Sherlock Holmes')
    await use(page)
    if (page.isClosed()) return
    // What would be seen in the next test too is put back; what was done in this page is not.
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.emulateMedia({ colorScheme: null })
    if (viewport) await page.setViewportSize(viewport)
  },
})

interface ConnectChoice {
  readonly key?: string
  /** Left out, the first that is listed. */
  readonly model?: string
}

/** Connects a server through the Connections screen, as a reader would, and waits until it answers from now on. */
export async function connectTo(page: Page, address: string, { key, model }: ConnectChoice = {}): Promise<void> {
  await page.goto('/connections')
  await page.getByRole('textbox', { name: 'Base URL' }).fill(address)
  if (key !== undefined) await page.getByRole('textbox', { name: 'API key' }).fill(key)
  if (model !== undefined) await page.getByRole('combobox', { name: 'Model' }).selectOption(model)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText(`Connected to ${model ?? ''}`)).toBeVisible({ timeout: 20_000 })
}

/** Begins a chat with a bundled character from its page. Ends in the chat, at its address. */
export async function beginChat(page: Page, name = 'Sherlock Holmes'): Promise<void> {
  await page.goto('/characters')
  await startChat(page, name)
}

async function startChat(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(page.getByRole('log', { name: 'Conversation' })).toBeVisible()
}

/** Says something, and waits until the message and the place of its reply are shown. */
export async function send(page: Page, text: string): Promise<void> {
  await expect(turns(page)).not.toHaveCount(0)
  const before = await turns(page).count()
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(turns(page)).toHaveCount(before + 2)
}

/** The turns of the transcript that are in the page. */
export function turns(page: Page): Locator {
  return page.getByRole('log', { name: 'Conversation' }).getByRole('article')
}

export function lastTurn(page: Page): Locator {
  return turns(page).last()
}

/** Waits until no reply is being made any more; one that was just asked for has a moment to begin. */
export async function replyEnded(page: Page, send = 'Send'): Promise<void> {
  await page.waitForTimeout(150)
  await expect(page.getByRole('button', { name: send })).toBeVisible({ timeout: 20_000 })
}

/** Every row of every table of the page's database, by table. */
export async function readDatabase(page: Page): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const tables: Record<string, unknown[]> = {}
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      const database = await settled(indexedDB.open(name))
      for (const table of database.objectStoreNames) {
        tables[table] = await settled(database.transaction(table).objectStore(table).getAll())
      }
      database.close()
    }
    return tables
  })
}

/** A phone: its window, its touch screen, its rules for both. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** The turns on disk, oldest first, read past the page's own cache. */
export async function storedTurns(page: Page): Promise<readonly Turn[]> {
  const { turns: rows = [] } = await readDatabase(page)
  return rows as readonly Turn[]
}

/** The newest turn on disk of the chat that is open; where none is, of all. */
export async function lastStored(page: Page): Promise<Turn | undefined> {
  const chat = /\/chat\/([^/?#]+)/.exec(page.url())?.[1]
  return (await storedTurns(page)).filter((turn) => chat === undefined || turn.conversationId === chat).at(-1)
}
