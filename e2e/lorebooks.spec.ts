import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { expect, lastTurn, readDatabase, replyEnded, send, chatTest as test } from './journey.ts'

const reply = 'He waits.</system_thinking>Sherlock Holmes: <role_thinking>Mud.</role_thinking>Do sit.'

const harbour = {
  entries: {
    0: { uid: 0, key: ['pier'], comment: 'The pier', content: 'The pier burned.', position: 4, depth: 0, mystery: 1 },
    1: { uid: 1, key: ['storm'], comment: 'The storm', content: 'The storm sank two ships.' },
    2: {
      uid: 2,
      key: ['pier'],
      comment: 'Culprit',
      content: 'CANARY did it.',
      extensions: { her: { knownTo: ['Irene Adler'] } },
    },
  },
}

const lorebookFile = {
  name: 'Harbour.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(harbour)),
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

async function storedBook(page: Page) {
  const { lorebooks } = await readDatabase(page)
  return lorebooks?.at(-1) as { readonly raw: typeof harbour } | undefined
}

test('a world info file is imported, edited, tried, attached to a chat, sent, and tells why', async ({
  page,
  modelServer,
}) => {
  const chat = page.url()
  // As a card, which it is not: it is known for what it is.
  await page.goto('/characters')
  await page.getByLabel('Import card').setInputFiles(lorebookFile)
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name of the book' })).toHaveValue('Harbour')

  // The author is told of everything.
  const list = page.getByRole('list', { name: 'Entries' })
  await page.getByText('Try a text').click()
  await page.getByRole('textbox', { name: 'What was said' }).fill('The pier?\n\nYes.')
  await expect(list.getByText('Fired: "pier" was found in the message before last.')).toBeVisible()
  await expect(list.getByText('Did not fire: only Irene Adler may know it.')).toBeVisible()
  await expect(page.getByText('1 of 3 would be in the prompt.')).toBeVisible()
  await expectAccessible(page)

  // An edit saves itself, and touches nothing else of the tree.
  await list.getByRole('link', { name: 'The pier' }).click()
  await page.getByRole('textbox', { name: 'Content' }).fill('The pier burned in May.')
  await page.getByRole('textbox', { name: 'Keys' }).fill('/wharf(/')
  await page.getByRole('textbox', { name: 'Keys' }).press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: '/wharf(/ is never found' })).toBeVisible()
  await page.getByText('More: matching, timing, chance, groups').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove the key /wharf(/' }).click()
  await expect
    .poll(async () => (await storedBook(page))?.raw)
    .toEqual({
      entries: { ...harbour.entries, 0: { ...harbour.entries[0], content: 'The pier burned in May.' } },
    })

  // A deleted entry comes back where it was.
  await page.getByRole('button', { name: 'Delete entry' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(3)

  await page.goto(chat)
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('menuitem', { name: 'Lorebooks of this chat' }).click()
  const dialog = page.getByRole('dialog', { name: 'Lorebooks of this chat' })
  await dialog.getByRole('checkbox', { name: 'Harbour' }).check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  modelServer.next({ text: reply })
  await send(page, 'What of the pier?')
  await replyEnded(page)
  const [sent] = modelServer.generations()
  expect(sent?.text).not.toContain('CANARY')
  expect(sent?.text).not.toContain('sank two ships')
  expect(sent?.body?.messages?.at(-1)?.content ?? '').not.toContain('He waits')
  const last = sent?.body?.messages?.filter(({ role }: { role: string }) => role === 'user').at(-1)
  expect(last?.content).toMatch(/What of the pier\?[\s\S]*The pier burned in May\./)

  // The reader is told why, and of what is private only how much there is.
  await lastTurn(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'What the model sees' }).click()
  const lore = page.getByRole('region', { name: 'Lore' })
  await expect(lore).toContainText('The pier Fired: "pier" was found in the newest message.')
  await lore.getByText('Why not the others').click()
  await expect(lore).toContainText('The storm Did not fire: none of its keys is in the newest 2 messages.')
  await expect(lore).toContainText('One more entry is private')
  await expect(lore).not.toContainText(/Culprit|Irene/)
  await expectAccessible(page)
})

test('thousands of entries stay smooth, and a book is begun, exported and found in the bin', async ({ page }) => {
  await page.goto('/lorebooks')
  const entries = Array.from({ length: 3000 }, (_, index) => ({
    keys: [`key${index}`],
    comment: `Entry ${index}`,
    content: 'It says something of some length, as entries do. '.repeat(8),
    insertion_order: index,
    enabled: true,
    extensions: {},
  }))
  const buffer = Buffer.from(JSON.stringify({ spec: 'lorebook_v3', data: { name: 'Large', entries, extensions: {} } }))
  await page.getByLabel('Import lorebook').setInputFiles({ name: 'large.json', mimeType: 'application/json', buffer })
  await expect(page.getByRole('heading', { level: 1, name: 'Large' })).toBeVisible()
  const list = page.getByRole('list', { name: 'Entries' })
  expect(await list.getByRole('listitem').count()).toBeLessThan(60)
  await page.getByRole('searchbox', { name: 'Search the entries' }).fill('key2999')
  await list.getByRole('link', { name: 'Entry 2999' }).click()
  // It moves to the top when its order says so.
  await list.getByRole('spinbutton', { name: 'Order of Entry 2999' }).fill('-1')
  await list.getByRole('spinbutton', { name: 'Order of Entry 2999' }).press('Enter')
  await page.getByRole('searchbox', { name: 'Search the entries' }).fill('')
  await expect(list.getByRole('listitem').first()).toContainText('Entry 2999')
  await page.getByRole('link', { name: 'About this book' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as SillyTavern world info' }).click()
  expect((await download).suggestedFilename()).toBe('Large.json')
  await page.getByRole('button', { name: 'Delete lorebook' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Lorebooks' })).toBeVisible()
  await page.goto('/bin')
  await page.getByRole('button', { name: 'Bring back Large' }).click()
  await expect(page.getByRole('button', { name: 'Bring back Large' })).toHaveCount(0)
  await page.goto('/lorebooks')
  await expect(page.getByRole('link', { name: /Large/ })).toContainText('3,000 entries')
  await expectAccessible(page)

  // The lore of a card, begun from its page.
  await page.goto('/characters/bundled-scheherazade')
  await page.getByRole('button', { name: 'Write lore into the card' }).click()
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('The vizier')
  await page.getByRole('radio', { name: 'Chosen characters' }).check()
  await expect.poll(async () => JSON.stringify((await readDatabase(page))['characters'])).toContain('["{{char}}"]')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('The vizier')
  await expect(page.getByRole('button', { name: 'Remove the name Scheherazade' })).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to the entries' }).click()
  await expectAccessible(page)
})
