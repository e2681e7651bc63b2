import { zipSync } from 'fflate'
import { createCard } from '../src/core/cards/create-card.ts'
import { writeCard } from '../src/core/cards/write-card.ts'
import { expect, lastTurn, readDatabase, test, turns } from './journey.ts'

const hostile = '<img src="https://evil.invalid/x.png" onerror="window.pwned=1"><script>window.pwned=1</script>'
const document = createCard({
  name: 'Vera <b>Bold</b>',
  description: `A locksmith. ${hostile} [x](javascript:window.pwned=1) ![y](https://evil.invalid/y.png)`,
  greetings: [`*looks up* "You are late." ${hostile}`, 'The other greeting, {{user}}.'],
  creatorNotes: `<style>body{background:url(https://evil.invalid/z.png)}</style>${hostile}`,
})

for (const format of ['json-v2', 'json-v3', 'png', 'charx'] as const) {
  test(`a card comes in as ${format}, and a chat begins with the greeting that was chosen`, async ({ page }) => {
    const name = `vera.${format.replace(/-v./, '')}`
    await page.goto('/characters')
    const buffer = Buffer.from(writeCard({ document }, format))
    await page.getByLabel('Import card').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await expect(page.getByRole('heading', { level: 1, name: 'Vera <b>Bold</b>' })).toBeVisible()
    await page.getByRole('radio').nth(1).check()
    await page.getByRole('button', { name: 'New chat' }).click()
    await expect(lastTurn(page)).toContainText('The other greeting, Stranger.')
    await expect(lastTurn(page).getByText('2 of 2')).toBeVisible()
    await page.reload()
    await expect(lastTurn(page)).toContainText('The other greeting, Stranger.')
  })
}

test('a hostile card is text wherever it is shown, and nothing is asked for on its word', async ({ page, baseURL }) => {
  const elsewhere: string[] = []
  const violations: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(blob|data):/.test(url) && !url.startsWith(baseURL ?? '-')) elsewhere.push(url)
  })
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  await page.goto('/characters')
  const buffer = Buffer.from(writeCard({ document }, 'png'))
  await page.getByLabel('Import card').setInputFiles({ name: 'vera.png', mimeType: 'image/png', buffer })
  await expect(page.getByText('A locksmith.')).toBeVisible()
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(
    turns(page)
      .getByText(/window\.pwned=1/)
      .first(),
  ).toBeVisible()
  await lastTurn(page).getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await lastTurn(page).getByRole('button', { name: 'Edit' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await page.locator('main :is(script, style, iframe, form[action], a[href^="javascript"])').count()).toBe(0)
  expect(await page.locator('main img:not([src^="blob:"])').count()).toBe(0)
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
  expect(elsewhere).toEqual([])
  expect(violations).toEqual([])
})

test('a file that is no card is refused in a sentence, and nothing is kept of it', async ({ page }) => {
  await page.goto('/characters')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(9)
  const before = (await readDatabase(page))['files']?.length
  await page.getByLabel('Import card').setInputFiles([
    { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"name": "Half') },
    { name: 'good.json', mimeType: 'application/json', buffer: Buffer.from('{"name": "Good", "first_mes": "Hello."}') },
  ])
  const report = page.getByRole('dialog', { name: '1 of 2 imported' })
  await expect(report).toContainText('broken.json')
  await expect(report).toContainText('not imported')
  await report.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('main').getByRole('link', { name: 'Good' })).toBeVisible()
  expect((await readDatabase(page))['files']?.length).toBe((before ?? 0) + 1)
})

test('an archive of cards comes in as the cards it holds', async ({ page }) => {
  await page.goto('/characters')
  const cards = ['Ada', 'Bea'].map((name) => createCard({ name, description: 'Someone.' }))
  const buffer = Buffer.from(
    zipSync(Object.fromEntries(cards.map((card, at) => [`${at}.charx`, writeCard({ document: card }, 'charx')]))),
  )
  await page.getByLabel('Import card').setInputFiles({ name: 'all.zip', mimeType: 'application/zip', buffer })
  await page.getByRole('dialog', { name: 'Imported' }).getByRole('button', { name: 'Done' }).click()
  for (const name of ['Ada', 'Bea']) {
    await expect(page.getByRole('main').getByRole('link', { name })).toBeVisible()
  }
})

test('a card that is dropped on any page is imported; a deleted one comes back with Undo', async ({ page }) => {
  await page.goto('/settings')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['{"name": "Dropped", "first_mes": "Hello."}'], 'dropped.json'))
    for (const type of ['dragover', 'drop']) {
      window.document.body.dispatchEvent(
        new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }),
      )
    }
  })
  await expect(page.getByRole('heading', { level: 1, name: 'Dropped' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete character' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Characters' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('main').getByRole('link', { name: 'Dropped' })).toBeVisible()
})

test('the page forbids what it does not need', async ({ request }) => {
  const response = await request.get('/')
  const policy = response.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self'")
  // WebAssembly may be compiled, for the model in the page; text never becomes code.
  expect(policy.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe')
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(await response.text()).toContain('http-equiv="Content-Security-Policy"')
})
