import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Conversation } from '../src/core/conversation/conversation.ts'
import type { Turn } from '../src/core/conversation/turn.ts'
import { chatTest, expect, test as freshTest, lastTurn, readDatabase, replyEnded, send, turns } from './journey.ts'

const plan = 'He waits for more.'
const thought = 'Mud on the left boot only.'
const action = 'turns a page'
const speech = 'You came by the river path, <b>I see</b>.'
const reply =
  `${plan}</system_thinking>Sherlock Holmes: <role_action>${action}</role_action>` +
  `<role_thinking>${thought}</role_thinking>${speech}`

const formats = [
  { label: 'Markdown', extension: '.md', words: 'You came by the river path, \\<b\\>I see' },
  { label: 'Web page', extension: '.html', words: 'You came by the river path, &lt;b&gt;I see' },
  { label: 'Text', extension: '.txt', words: speech },
  { label: 'Subtext (JSON)', extension: '.json', words: speech },
  { label: 'SillyTavern (JSONL)', extension: '.jsonl', words: speech },
  { label: 'Book for print', extension: ' (book).html', words: 'You came by the river path, &lt;b&gt;I see' },
]

async function openExport(page: Page) {
  await page
    .getByRole('heading', { level: 1 })
    .focus()
    .catch(() => undefined)
  await page.keyboard.press('Alt+x')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await expect(dialog).toBeVisible()
  return dialog
}

/** Saves with these layers and gives the file. */
async function save(page: Page, format: string, layers: readonly string[]) {
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByLabel('Format').selectOption({ label: format })
  for (const layer of ['Speech', 'Action', 'Inner thought', 'Planning']) {
    await dialog.getByRole('checkbox', { name: layer }).setChecked(layers.includes(layer))
  }
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const download = await downloading
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

async function pick(page: Page, name: string, text: string | Buffer) {
  await page.goto('/chats')
  await page.getByLabel('Import chat').setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(text),
  })
}

/** The chat at the page's address, as rows. */
async function shownChat(page: Page) {
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const { conversations = [], turns: rows = [] } = await readDatabase(page)
  const conversation = (conversations as Conversation[]).find((one) => one.id === id)
  return { conversation, turns: (rows as Turn[]).filter(({ conversationId }) => conversationId === id) }
}

chatTest.describe('a chat goes out and comes in', () => {
  chatTest.beforeEach(async ({ page, modelServer }) => {
    modelServer.next({ text: reply })
    await send(page, 'Good day [I hope he did not notice]')
    await replyEnded(page)
  })

  for (const { label, extension, words } of formats) {
    chatTest(`as ${label}: with every layer, and without those that are not chosen`, async ({ page }) => {
      const dialog = await openExport(page)
      const whole = await save(page, label, ['Speech', 'Action', 'Inner thought', 'Planning'])
      expect(whole.name).toMatch(/^Sherlock Holmes and .* \d{4}-\d\d-\d\d/)
      expect(whole.name.endsWith(extension)).toBe(true)
      for (const part of [plan, thought, action, words, 'did not notice']) {
        // Markdown escapes its marks.
        expect(whole.text.replaceAll('\\.', '.')).toContain(part)
      }
      const spoken = await save(page, label, ['Speech'])
      expect(spoken.text).toContain(words)
      for (const hidden of ['He waits', 'Mud on', action, 'did not notice']) expect(spoken.text).not.toContain(hidden)
      await expect(dialog.getByLabel('How it begins')).not.toHaveValue(/Mud on/)
    })
  }

  chatTest('the dialog begins with the layers that are shown, our JSON with all', async ({ page }) => {
    const dialog = await openExport(page)
    const checked = () =>
      dialog.getByRole('checkbox').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked))
    expect(await checked()).toEqual([true, true, false, false])
    await expect(dialog.getByLabel('How it begins')).toHaveValue(/river path/)
    await expect(dialog.getByText(/\.md, .*bytes|kB/)).toBeVisible()
    await dialog.getByLabel('Format').selectOption({ label: 'Subtext (JSON)' })
    expect(await checked()).toEqual([true, true, true, true])
    for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck()
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  })

  chatTest('text is copied as it would be saved', async ({ page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const dialog = await openExport(page)
    const { text } = await save(page, 'Text', ['Speech'])
    await dialog.getByRole('button', { name: 'Copy' }).click()
    await expect(page.getByText('Copied.')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  })

  chatTest('the book opens in a tab of its own, in two columns, and is printed', async ({ page }) => {
    await page.context().addInitScript(() => {
      window.print = () => {
        document.documentElement.dataset['printed'] = 'yes'
      }
    })
    const violations: string[] = []
    page.context().on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
    const dialog = await openExport(page)
    await dialog.getByLabel('Format').selectOption({ label: 'Book for print' })
    await dialog.getByRole('checkbox', { name: 'Inner thought' }).check()
    const opening = page.context().waitForEvent('page')
    await dialog.getByRole('button', { name: 'Print' }).click()
    const book = await opening
    await expect(book.getByRole('heading', { level: 1 })).toContainText('Sherlock Holmes')
    const [scene, diary] = await Promise.all([
      book.getByText(speech).boundingBox(),
      book.getByText(thought).boundingBox(),
    ])
    expect(diary?.x).toBeGreaterThan((scene?.x ?? 0) + (scene?.width ?? 0))
    await expect(book.locator('html')).toHaveAttribute('data-printed', 'yes')
    expect(violations).toEqual([])
    await book.close()
  })

  chatTest('our JSON comes back with every take and every word', async ({ page, modelServer }) => {
    modelServer.next({ text: 'Anew.</system_thinking><role_thinking>Second.</role_thinking>Take two.' })
    await lastTurn(page).getByRole('button', { name: 'Again' }).click()
    await replyEnded(page)
    const before = await shownChat(page)
    await openExport(page)
    const { name, text } = await save(page, 'Subtext (JSON)', ['Speech', 'Action', 'Inner thought', 'Planning'])
    const transcript = await turns(page).allInnerTexts()
    await pick(page, name, text)
    await expect(lastTurn(page)).toContainText('Take two.')
    await expect(lastTurn(page).getByText('2 of 2')).toBeVisible()
    expect(await turns(page).allInnerTexts()).toEqual(transcript)
    const after = await shownChat(page)
    expect(after.conversation?.id).not.toBe(before.conversation?.id)
    expect(after.conversation?.characterId).toBe(before.conversation?.characterId)
    const words = ({ raw, dialect, speaker }: Turn) => ({ raw, dialect, speaker })
    expect(after.turns.map(words)).toEqual(before.turns.map(words))
    expect(text).not.toContain('connectionId')
  })

  chatTest('a SillyTavern chat comes back: swipes are takes, reasoning is planning', async ({ page, modelServer }) => {
    modelServer.next({ text: 'Anew.</system_thinking><role_thinking>Second.</role_thinking>Take two.' })
    await lastTurn(page).getByRole('button', { name: 'Again' }).click()
    await replyEnded(page)
    await openExport(page)
    const { name, text } = await save(page, 'SillyTavern (JSONL)', ['Speech', 'Action', 'Inner thought', 'Planning'])
    const message = JSON.parse(text.trim().split('\n').at(-1) ?? '')
    expect(message.swipes).toHaveLength(2)
    expect(message.extra.reasoning).toBe('Anew.')
    await pick(page, name, text)
    await expect(lastTurn(page)).toContainText('Take two.')
    await expect(lastTurn(page).getByText('2 of 2')).toBeVisible()
    await lastTurn(page).getByRole('button', { name: 'Previous take' }).click()
    await expect(lastTurn(page)).toContainText('You came by the river path')
    const layers = lastTurn(page).locator('[data-layer]')
    expect(await layers.evaluateAll((all) => all.map((one) => one.getAttribute('data-layer')))).toEqual([
      'system_thinking',
      'role_action',
      'role_thinking',
      'speech',
    ])
  })
})

const tavern = (name: string, count: number) =>
  [
    { user_name: 'Clara', character_name: name, chat_metadata: {} },
    ...Array.from({ length: count }, (_, index) => ({
      name: index % 2 === 0 ? name : 'Clara',
      is_user: index % 2 === 1,
      mes: `*nods* "Line ${index}" ${'the fog is thick today '.repeat(10)}`,
    })),
  ]
    .map((line) => JSON.stringify(line))
    .join('\n')

freshTest('whose chat it is is asked when no name tells, and found when one does', async ({ page }) => {
  await pick(page, 'vera.jsonl', tavern('Vera', 4))
  const question = page.getByRole('dialog', { name: 'Whose chat is this?' })
  await expect(question).toContainText('“Vera”')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('No chats yet.')).toBeVisible()
  await pick(page, 'vera.jsonl', tavern('Vera', 4))
  await question.getByLabel('Character').selectOption({ label: 'Captain Ahab' })
  await question.getByRole('button', { name: 'Import' }).click()
  await expect(lastTurn(page)).toContainText('Line 3')
  await expect(turns(page).first()).toHaveAccessibleName('Captain Ahab')
  await pick(page, 'holmes.jsonl', tavern('Sherlock Holmes', 4))
  await expect(page.getByRole('heading', { level: 1, name: 'Sherlock Holmes' })).toBeVisible()
})

freshTest('a chat that is dropped comes in as a chat, a card beside it as a card', async ({ page }) => {
  await page.goto('/settings')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const drop = (files: readonly { name: string; text: string }[]) =>
    page.evaluate((dropped) => {
      const transfer = new DataTransfer()
      for (const { name, text } of dropped) transfer.items.add(new File([text], name))
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }))
      }
    }, files)
  await drop([{ name: 'holmes.txt', text: 'Sherlock Holmes: Good day.\n\nClara: And to you.\n' }])
  await expect(lastTurn(page)).toContainText('And to you.')
  const report = page.getByRole('dialog', { name: 'Imported' })
  await expect(report).toContainText('Your own lines are taken to be those of “Clara”.')
  await report.getByRole('button', { name: 'Done' }).click()
  await drop([
    { name: 'dropped.json', text: '{"name": "Dropped", "first_mes": "Hello."}' },
    { name: 'holmes.jsonl', text: tavern('Sherlock Holmes', 2) },
  ])
  await expect(report.getByRole('link', { name: 'Open' })).toHaveCount(2)
})

freshTest('a hostile or broken chat is refused in a sentence, and nothing of it is kept', async ({ page }) => {
  freshTest.slow()
  const hostile = [
    { name: 'deep.json', text: '['.repeat(100_000), sentence: /nests deeper|damaged/ },
    { name: 'picture.json', text: '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', sentence: /no text/ },
    { name: 'newer.json', text: '{"format":"subtext-chat","version":9}', sentence: /newer Subtext/ },
    {
      name: 'proto.json',
      text: '{"format":"subtext-chat","version":1,"__proto__":{"turns":[]},"turns":[{"key":"a"}]}',
      sentence: /damaged/,
    },
    { name: 'empty.jsonl', text: '', sentence: /empty/ },
    { name: 'script.txt', text: '<script>window.pwned=1</script>', sentence: /no chat we can read/ },
  ]
  for (const { name, text, sentence } of hostile) {
    await pick(page, name, text)
    const report = page.getByRole('dialog', { name: '0 of 1 imported' })
    await expect(report).toContainText(sentence)
    await report.getByRole('button', { name: 'Done' }).click()
  }
  const { conversations, turns: rows } = await readDatabase(page)
  expect([conversations?.length, rows?.length]).toEqual([0, 0])
  const words = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
  const line = { name: 'Sherlock Holmes', is_user: false, mes: words, send_date: 8.64e300 }
  await pick(page, 'marked.jsonl', JSON.stringify({ ...line, swipes: [words, '[x](javascript:window.pwned=1)'] }))
  await expect(lastTurn(page)).toContainText('window.pwned=1')
  await page.goto('/chats')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
})

freshTest('ten thousand turns come in and go out while the page stays alive', async ({ page }, testInfo) => {
  freshTest.slow()
  const path = testInfo.outputPath('long.jsonl')
  await writeFile(path, tavern('Sherlock Holmes', 10_000))
  await page.goto('/characters')
  await expect(page.getByRole('main').getByRole('link', { name: 'Sherlock Holmes' })).toBeVisible()
  await page.getByRole('link', { name: 'Chats', exact: true }).first().click()
  // Frames that are drawn while a file is read or written: a page that did it by itself would draw none.
  await page.evaluate(() => {
    const state = window as unknown as { frames: number }
    state.frames = 0
    const count = () => {
      state.frames += 1
      requestAnimationFrame(count)
    }
    count()
  })
  const frames = () => page.evaluate(() => (window as unknown as { frames: number }).frames)
  // By its path: Playwright would hand over its content in a long task of its own.
  await page.getByLabel('Import chat').setInputFiles(path)
  await expect(lastTurn(page)).toContainText('Line 9999', { timeout: 60_000 })
  const imported = await frames()
  expect(imported).toBeGreaterThan(10)
  const dialog = await openExport(page)
  await expect(dialog.getByText(/\.md, .*MB/)).toBeVisible({ timeout: 60_000 })
  expect((await frames()) - imported).toBeGreaterThan(10)
})
