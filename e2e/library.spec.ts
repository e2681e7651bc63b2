import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { createCard } from '../src/core/cards/create-card.ts'
import { writeCard } from '../src/core/cards/write-card.ts'
import { violationsOf } from './axe.ts'
import { expect, readDatabase, test } from './journey.ts'

const card = (name: string, description: string, tags: string[] = []) =>
  Buffer.from(writeCard({ document: createCard({ name, description, tags }) }, 'json-v3'))

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/json', buffer })

/** Generated cards of which every fifth is a locksmith's. */
const generated = Array.from({ length: 40 }, (_, index) =>
  file(
    `card-${index}.json`,
    card(`Person ${index}`, index % 5 === 0 ? 'Opens löcks.' : 'Sells fish.', [index % 2 === 0 ? 'Even' : 'Odd']),
  ),
)

async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([])
}

test('many cards come in with a report, are found, shelved, exported and deleted, and all of it undone', async ({
  page,
}) => {
  await page.goto('/characters')
  const main = page.getByRole('main')
  await expect(main.getByRole('listitem')).toHaveCount(9)
  await page
    .getByLabel('Import card')
    .setInputFiles([
      ...generated,
      file('broken.json', Buffer.from('{"name": "Half')),
      file('again.json', card('Person 3', 'Sells fish.', ['Odd'])),
    ])
  const report = page.getByRole('dialog', { name: '40 of 42 imported' })
  await expect(report).toContainText('broken.json')
  await expect(report).toContainText('not imported')
  await expect(report).toContainText('is in the library already')
  await expectAccessible(page)
  await report.getByRole('button', { name: 'Done' }).click()
  await expect(main.getByText('49 characters')).toBeVisible()

  await test.step('a name that is there asks once, and an update can be undone', async () => {
    const files = [0, 1].map((index) => file(`new-${index}.json`, card(`Person ${index}`, 'Came later.')))
    await page.getByLabel('Import card').setInputFiles(files)
    const question = page.getByRole('dialog', { name: '2 names are in your library' })
    await question.getByRole('radio', { name: 'Update those that are there' }).check()
    await expectAccessible(page)
    await question.getByRole('button', { name: 'Go on' }).click()
    const done = page.getByRole('dialog', { name: 'Imported' })
    await expect(done.getByText('updated', { exact: true })).toHaveCount(2)
    const { cardHistories } = await readDatabase(page)
    expect(cardHistories).toHaveLength(2)
    await done.getByRole('button', { name: 'Undo the updates' }).click()
    await expect(done.getByRole('button', { name: 'The updates are undone' })).toBeVisible()
    await done.getByRole('button', { name: 'Done', exact: true }).click()
    expect(JSON.stringify((await readDatabase(page))['characters'])).not.toContain('Came later.')
  })

  await test.step('search looks into the cards, tags narrow it down', async () => {
    await page.getByRole('searchbox', { name: 'Search characters' }).fill('opens LOCK')
    await expect(main.getByText('8 of 49')).toBeVisible()
    await main.getByRole('button', { name: 'Even, 4' }).click()
    await expect(main.getByText('4 of 49')).toBeVisible()
    await expect(main.getByRole('listitem')).toHaveCount(4)
  })

  await test.step('by keyboard: arrows walk, the space bar selects, with Shift a stretch', async () => {
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name')
    await main.getByRole('link', { name: 'Person 0' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await expect(main.getByText('3 selected')).toBeVisible()
    await page.keyboard.press('Shift+ArrowLeft')
    await expect(main.getByText('2 selected')).toBeVisible()
    await expect(main.getByRole('link', { name: 'Person 10' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(main.getByText('2 selected')).toHaveCount(0)
    await page.keyboard.press('ControlOrMeta+a')
    await expect(main.getByText('4 selected')).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('all that is selected is a favourite, in a folder, with a tag', async () => {
    const bar = page.getByRole('toolbar', { name: 'Selected characters' })
    await bar.getByRole('button', { name: 'Favourite' }).click()
    await bar.getByRole('button', { name: 'Tag' }).click()
    await page.getByRole('combobox', { name: 'Tag' }).fill('keys')
    await page.getByRole('button', { name: 'Add' }).click()
    await bar.getByRole('button', { name: 'Folder' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Folder' }).fill('Trades')
    await page.getByRole('button', { name: 'Move' }).click()
    await expect(main.getByRole('button', { name: 'keys, 4' })).toBeVisible()
    await expect(main.getByRole('img', { name: 'Favourite' })).toHaveCount(4)
    await page.getByRole('searchbox', { name: 'Search characters' }).fill('')
    await main.getByRole('button', { name: /^Even, / }).click()
    await main.getByRole('combobox', { name: 'Folder' }).selectOption('Trades (4)')
    await expect(main.getByText('4 of 49')).toBeVisible()
  })

  await test.step('they go out as one file', async () => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    const entries = unzipSync(readFileSync(await (await downloading).path()))
    expect(Object.keys(entries).sort()).toEqual(['Person 0.json', 'Person 10.json', 'Person 20.json', 'Person 30.json'])
    expect(Buffer.from(entries['Person 0.json'] ?? [])).toEqual(generated[0]?.buffer)
  })

  await test.step('they are deleted, and are back as they were, also after a reload', async () => {
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect(main.getByText('45 characters')).toHaveCount(0)
    await expect(main.getByText('0 of 45')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(main.getByText('4 of 49')).toBeVisible()
    await page.reload()
    await main.getByRole('button', { name: 'Favourites' }).click()
    await expect(main.getByText('4 of 49')).toBeVisible()
    await page.getByRole('button', { name: 'Show as a list' }).click()
    await expect(main.getByRole('listitem')).toHaveCount(4)
    await expectAccessible(page)
  })
})

test('an import that is called off keeps what came in, and says so', async ({ page }) => {
  await page.goto('/characters')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(9)
  const many = Array.from({ length: 300 }, (_, index) => file(`c${index}.json`, card(`Person ${index}`, 'x')))
  await page.getByLabel('Import card').setInputFiles(many)
  await page.getByRole('region', { name: 'Import' }).getByRole('button', { name: 'Cancel' }).click()
  const report = page.getByRole('dialog', { name: /^\d+ of 300 imported$/ })
  await expect(report).toContainText('You called it off')
  const imported = Number((await report.getByRole('heading', { level: 2 }).textContent())?.split(' ')[0])
  expect(imported).toBeLessThan(300)
  await report.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('main').getByText(`${imported + 9} characters`)).toBeVisible()
})

test('a folder is dropped; names that are there are kept beside the others, or skipped', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'))
  try {
    const write = (description: string) => {
      mkdirSync(join(folder, 'deep', 'deeper'), { recursive: true })
      writeFileSync(join(folder, 'Ana.json'), card('Ana', description))
      writeFileSync(join(folder, 'deep', 'deeper', 'Ben.json'), card('Ben', description))
      writeFileSync(join(folder, 'deep', '.DS_Store'), 'none of anybody’s business')
    }
    const count = (amount: number) => expect(page.getByRole('main').getByText(`${amount} characters`)).toBeVisible()
    await page.goto('/characters')
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(9)
    write('Came first.')
    await dropFolder(page, folder)
    await page.getByRole('dialog', { name: 'Imported' }).getByRole('button', { name: 'Done' }).click()
    await count(11)

    write('Came later.')
    await dropFolder(page, folder)
    const question = page.getByRole('dialog', { name: '2 names are in your library' })
    await question.getByRole('radio', { name: 'Keep both' }).check()
    await question.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('dialog', { name: 'Imported' }).getByRole('button', { name: 'Done' }).click()
    await count(13)

    write('Came last.')
    await dropFolder(page, folder)
    await question.getByRole('radio', { name: 'Skip them' }).check()
    await question.getByRole('button', { name: 'Go on' }).click()
    const report = page.getByRole('dialog', { name: '0 of 2 imported' })
    await expect(report.getByText('skipped: another card has this name', { exact: true })).toHaveCount(2)
    await report.getByRole('button', { name: 'Done' }).click()
    await count(13)
    const rows = JSON.stringify((await readDatabase(page))['characters'])
    for (const [words, times] of [
      ['Came first.', 2],
      ['Came later.', 2],
      ['Came last.', 0],
    ] as const) {
      expect(rows.split(words)).toHaveLength(times + 1)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Drops a folder of the disk on the page, as a hand would. */
async function dropFolder(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  }
  await session.detach()
}
