import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../journey.ts'
import { chatId, sceneChatId, seedVectors, smallChatId } from './seed.ts'
import { isWhole, vectors } from './vectors.ts'
import { watch } from './watch.ts'

/** How many of the vectors can be read in the page, as they were written, blanks aside. */
async function shown(page: Page): Promise<ReadonlySet<number>> {
  const text = await page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input,textarea')].map(({ value }) => value)
    return [document.body.textContent, ...fields].join('\n').replace(/\s+/g, '')
  })
  return new Set(vectors.flatMap((vector, index) => (text.includes(vector.replace(/\s+/g, '')) ? [index] : [])))
}

/** Resolves when the page has drawn what was scrolled to: a busy machine draws it late. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/** So often it may stand still while more is read, on a machine that is busy. */
const stillAllowed = 12

/** Scrolls what scrolls from its end to its beginning, a window at a time. */
async function scrollThrough(page: Page, selector: string, onStep: () => Promise<void>): Promise<void> {
  // Turns come in and grow meanwhile: it is at its end when that moves no more.
  const toEnd = () => page.locator(selector).evaluate((box) => (box.scrollTop = box.scrollHeight))
  for (let end = -1, next = await toEnd(); next !== end; next = await toEnd()) {
    end = next
    await page.waitForTimeout(1000)
  }
  let still = 0
  for (let step = 0; step < 2000 && still < stillAllowed; step += 1) {
    await onStep()
    const hasMoved = await page.evaluate((which) => {
      const box = document.querySelector(which)
      if (!box) return false
      const before = box.scrollTop
      box.scrollTop -= box.clientHeight * 0.9
      return box.scrollTop !== before
    }, selector)
    still = hasMoved ? 0 : still + 1
    await drawn(page)
    await page.waitForTimeout(hasMoved ? 60 : 250)
  }
}

const quickScreens = ['/chats', '/characters', '/search'] as const
const allScreens = [
  ...quickScreens,
  '/characters/hostile',
  '/characters/hostile/edit',
  ...['greetings', 'pictures', 'lint', 'xray', 'bench', 'help', 'versions', 'export'].map(
    (tab) => `/characters/hostile/edit/${tab}`,
  ),
  '/characters/hostile/lore',
  '/characters/hostile/lore/entry-0',
  '/lorebooks',
  '/lorebooks/hostile-book',
  '/lorebooks/hostile-book/entry-0',
  '/scenes',
  '/scenes/hostile-scene-00000',
  '/connections',
  '/personas',
  '/bin',
  '/settings',
  '/nowhere/%3Cscript%3Ewindow.__pwned=1%3C/script%3E',
  '/chat/__proto__',
  '/characters/constructor',
]

/** What opens over a chat, by its key. */
const chatKeys = ['Alt+p', 'Alt+d', 'Alt+m', 'Alt+k', 'Alt+g', 'Alt+c', 'Alt+e', 'Alt+t', 'ControlOrMeta+k'] as const

test('text that tries to be code is text on every screen, in every dialog and in every file that goes out', async ({
  page,
  context,
  baseURL,
  modelServer,
}) => {
  test.setTimeout(isWhole ? 900_000 : 120_000)
  const { look, seen } = await watch(context, [`${baseURL}/`, modelServer.url])
  await page.goto('/settings')
  await expect(page.getByRole('heading', { name: 'Backup' })).toBeVisible()
  await seedVectors(page, `${modelServer.url}/v1`)
  await page.evaluate(() =>
    localStorage.setItem(
      'subtext-layout',
      JSON.stringify({
        state: { defaultLayers: 'planning', theme: '"><script>window.__pwned=1</script>' },
        version: 0,
      }),
    ),
  )

  // The chat, in all four layers.
  await page.goto(`/chat/${chatId}`)
  await expect(page.getByRole('article').last()).toBeVisible()
  await page.keyboard.press('Alt+3')
  const read = new Set<number>()
  await scrollThrough(page, '[role=log]', async () => {
    for (const index of await shown(page)) read.add(index)
    await look(page, 'the chat')
  })
  // Marks of emphasis are shown as emphasis, and the rest as it is.
  expect(read.size).toBeGreaterThan(vectors.length * 0.8)

  for (const key of isWhole ? chatKeys : chatKeys.slice(0, 3)) {
    await page.goto(`/chat/${chatId}`)
    await expect(page.getByRole('article').last()).toBeVisible()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.waitForTimeout(isWhole ? 800 : 300)
    await look(page, `the chat, ${key}`)
  }

  for (const path of isWhole ? allScreens : quickScreens) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
    if (path === '/search') await page.getByRole('searchbox').first().fill('window')
    await page.waitForTimeout(isWhole ? 1000 : 300)
    await look(page, path)
  }

  if (isWhole) {
    await page.goto('/lorebooks/hostile-book')
    await page.getByText('Try a text').click()
    await page.getByRole('textbox', { name: 'What was said' }).fill(vectors.join('\n\n'))
    await page.waitForTimeout(1500)
    await look(page, 'the tester of a lorebook')

    await page.goto(`/chat/${sceneChatId}`)
    await expect(page.getByRole('article').last()).toBeVisible()
    await scrollThrough(page, '[role=log]', () => look(page, 'the scene'))
    for (const key of ['Alt+v', 'Alt+v', 'Alt+i', 'Alt+y', 'Alt+h']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(800)
      await look(page, `the scene, ${key}`)
    }
  }

  // What goes out: pages, opened as any browser would open them.
  await page.goto(`/chat/${chatId}`)
  await expect(page.getByRole('article').last()).toBeVisible()
  await page.keyboard.press('Alt+x')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  for (const format of isWhole ? ['html', 'book', 'script', 'markdown', 'subtext', 'sillytavern'] : ['html']) {
    await dialog.getByLabel('Format').selectOption(format)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save' }).click(),
    ])
    expect(download.suggestedFilename()).not.toMatch(/[<>:"/\\|?*\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    await look(page, `export as ${format}`)
    if (!['html', 'book', 'script'].includes(format)) continue
    const html = await readFile(await download.path(), 'utf8')
    await context.route(`${baseURL}/exported.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }))
    const exported = await context.newPage()
    await exported.goto('/exported.html')
    expect(await exported.locator('script,iframe,object,embed,base,link,form,svg,math,a').count()).toBe(0)
    expect(await exported.evaluate(() => '__pwned' in window)).toBe(false)
    expect(
      await exported.evaluate(() => document.body.textContent?.includes('<script>window.__pwned=1</script>')),
    ).toBe(true)
    await exported.close()
    await context.unroute(`${baseURL}/exported.html`)
  }

  // And it still works.
  await page.goto(`/chat/${smallChatId}`)
  modelServer.next({ text: `Plan.</system_thinking>${vectors.slice(0, 40).join(' ')} The end.` })
  await page.getByRole('textbox', { name: 'Message' }).fill('<img src=x onerror=window.__pwned=1>')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('article').last()).toContainText('The end.', { timeout: 30_000 })
  await look(page, 'a reply')
  expect(seen).toEqual([])
})
