import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import type { Locator, Page } from '@playwright/test'
import type { Character } from '../src/core/cards/character.ts'
import { createCard } from '../src/core/cards/create-card.ts'
import { findAssets } from '../src/core/cards/find-asset.ts'
import { pngSignature } from '../src/core/cards/png-chunks.ts'
import { readCard } from '../src/core/cards/read-card.ts'
import { viewCard } from '../src/core/cards/view-card.ts'
import { writeCard } from '../src/core/cards/write-card.ts'
import { pngChunk } from '../src/core/cards/write-png.ts'
import { concatBytes, uint32 } from '../src/lib/bytes.ts'
import { violationsOf } from './axe.ts'
import { connectTo, expect, phone, readDatabase, replyEnded, send, test } from './journey.ts'

const description = 'A countess who sees in an engine what its maker does not.'

test('a card is written, seen, kept, taken back and given away', async ({ page }) => {
  test.setTimeout(180_000)
  await page.goto('/characters')
  await page.getByRole('button', { name: 'New character' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Lovelace')
  await page.getByRole('textbox', { name: 'Description' }).fill(description)
  await page.getByRole('textbox', { name: 'What moves them' }).fill('To be the first to say what it is for.')
  await page.getByRole('button', { name: 'Add a relationship' }).click()
  await page.getByRole('textbox', { name: 'Name of relationship 1' }).fill('Babbage')
  await page.getByRole('textbox', { name: 'What Babbage is to them' }).fill('Her friend, and too slow.')
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Lovelace' })).toBeVisible()
  await expect(page.getByText(/≈ \d+ tokens in every prompt, 0 more at first/)).toBeVisible()

  // A greeting in layers: the text is the same text.
  const studio = page.getByRole('navigation', { name: 'Studio' })
  await studio.getByRole('link', { name: 'Greetings' }).click()
  await page.getByRole('radio', { name: 'Layers' }).first().check({ force: true })
  await page.getByRole('button', { name: 'Does', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Words of part 1' }).fill('She looks up.')
  await page.getByRole('button', { name: 'Thinks', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Words of part 2' }).fill('At last.')
  await page.getByRole('button', { name: 'Says', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Words of part 3' }).fill('You are late.')
  await page.getByRole('radio', { name: 'Text' }).first().check({ force: true })
  const written = await page.getByRole('textbox', { name: 'Greeting 1', exact: true }).inputValue()
  expect(written).toContain('*She looks up.*')
  expect(written).toContain('<role_thinking>At last.</role_thinking>')
  await expectAccessible(page)

  // What it makes: the page, and the prompt.
  const preview = page.getByRole('complementary', { name: 'Preview' })
  await expect(preview.locator('[data-layer=role_thinking]')).toContainText('At last.')
  await expect(preview.locator('[data-layer=speech]')).toContainText('You are late.')
  await expect(preview).toContainText(description)
  await preview.getByRole('radio', { name: 'Prompt' }).check({ force: true })
  const messages = preview.getByRole('list', { name: 'Messages' })
  await expect(messages.locator('[data-source=card]').first()).toContainText(description)
  await expect(messages).toContainText('Babbage: Her friend, and too slow.')
  await expect(messages).toContainText('<role_thinking>At last.</role_thinking>')
  await expectAccessible(page)

  // By keyboard alone: a second greeting, moved before the first.
  await page.getByRole('button', { name: 'Add a greeting' }).press('Enter')
  await page.getByRole('textbox', { name: 'Greeting 2', exact: true }).fill('“Sit down.”')
  await page.getByRole('button', { name: 'Move greeting 2 up' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Greeting 1', exact: true })).toHaveValue('“Sit down.”')
  await expect(page.getByRole('button', { name: 'Move greeting 1 up' })).toBeFocused()
  await page.getByRole('button', { name: 'Move greeting 1 down' }).press('Enter')

  // A portrait is cut, and gives the page its colour.
  await studio.getByRole('link', { name: 'Pictures' }).click()
  await page.getByLabel('Choose a picture').setInputFiles({ name: 'blue.png', mimeType: 'image/png', buffer: blueOne })
  const dialog = page.getByRole('dialog', { name: 'The portrait' })
  await dialog.getByRole('radio', { name: 'Square' }).check()
  await dialog.getByRole('slider', { name: 'Larger' }).fill('1.5')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByRole('img', { name: 'Portrait of Ada Lovelace' }).first()).toBeVisible()
  await expect(page.locator('main[data-hue]')).not.toHaveAttribute('data-hue', '50')

  // All of it is there after a reload; the next visit's first change keeps what was.
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await studio.getByRole('link', { name: 'Card' }).click()
  const field = page.getByRole('textbox', { name: 'Description' })
  await expect(field).toHaveValue(description)
  await field.fill(description.replace('A countess', 'A poet’s daughter'))
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await studio.getByRole('link', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Compare' }).first().click()
  const differences = page.getByRole('region', { name: 'Differences' })
  await expect(differences.locator('del')).toHaveText(['countess'])
  await expect(differences.locator('ins')).toHaveText(['poet’s daughter'])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Restore' }).first().click()
  await expect(page.getByText('says what the card says now')).toHaveCount(1)
  await studio.getByRole('link', { name: 'Card' }).click()
  await expect(field).toHaveValue(description)

  // Another tab goes along with what is written here.
  const other = await page.context().newPage()
  await other.goto(page.url())
  await expect(other.getByRole('textbox', { name: 'Description' })).toHaveValue(description)
  await field.fill('Written elsewhere.')
  await expect(other.getByRole('textbox', { name: 'Description' })).toHaveValue('Written elsewhere.')
  await other.close()

  // Given away, and read as a stranger would.
  await page.getByRole('link', { name: 'Back to the character' }).click()
  await page.getByRole('link', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PNG card' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('Ada Lovelace.png')
  const read = readCard(new Uint8Array(await readFile(await file.path())))
  if (!read.ok) throw new Error(`Not read: ${read.error.type}`)
  const { characters = [] } = await readDatabase(page)
  const row = (characters as { origin: string; document: unknown }[]).find(({ origin }) => origin === 'authored')
  expect(read.value.document).toEqual(row?.document)
  expect(read.value.picture?.type).toBe('image/png')
  expect(viewCard(read.value.document).greetings).toEqual([written, '“Sit down.”'])
})

const mara = createCard({
  name: 'Mara',
  description:
    'She has kept the ferry since her father drowned.\n\nShe owes the harbour master forty crowns.\n\nHer left hand is missing two fingers.',
  greetings: ['*coils a wet rope* "The last crossing is gone."'],
})

test('a card is tried on the bench, x-rayed, and helped along by a model that also talks nonsense', async ({
  page,
  modelServer,
}) => {
  await connectTo(page, `${modelServer.url}/v1`, { model: 'her' })
  await page.goto('/characters')
  const buffer = Buffer.from(writeCard({ document: mara }, 'json-v3'))
  await page.getByLabel('Import card').setInputFiles({ name: 'mara.json', mimeType: 'application/json', buffer })
  await page.getByRole('button', { name: 'New chat' }).click()
  modelServer.next({
    text: 'Mara thinks of the forty crowns she owes the harbour master. She should haggle.</system_thinking>\nMara: <role_thinking>Forty crowns.</role_thinking>Twice the fare, at night.',
  })
  await send(page, 'Row me over.')
  await replyEnded(page)
  await page.goto('/characters')
  await page.getByRole('main').getByRole('link', { name: 'Mara' }).click()
  await page.getByRole('link', { name: 'Edit' }).click()
  const studio = page.getByRole('navigation', { name: 'Studio' })
  const editor = page.getByRole('region', { name: 'Editor' })

  await test.step('the X-ray links what was planned to the line it rests on, and lists the others', async () => {
    await studio.getByRole('link', { name: 'X-ray' }).click()
    const description = editor.getByRole('region', { name: 'Description' })
    const owes = description.getByRole('listitem').filter({ hasText: 'She owes the harbour master forty crowns.' })
    await expect(owes.first()).toContainText('in 1 reply')
    await owes.first().getByText('in 1 reply').click()
    await expect(owes.first()).toContainText('Planning: Mara thinks of the forty crowns she owes the harbour master.')
    await expect(description.getByText('never used')).toHaveCount(2)
    await expectAccessible(page)
    await editor.getByRole('combobox', { name: 'Lines' }).selectOption('Those never used')
    await expect(description.getByRole('listitem')).toHaveText([/father drowned/, /two fingers/])
  })

  await test.step('three standing openings and one’s own are answered; the next run stands beside the last', async () => {
    await studio.getByRole('link', { name: 'Test bench' }).click()
    const chats = (await readDatabase(page))['conversations']?.length
    modelServer.forget()
    await editor.getByRole('button', { name: 'Try the card' }).click()
    for (const opening of ['Voice', 'What is kept back', 'Under pressure']) {
      await expect(editor.getByRole('region', { name: opening }).getByRole('article')).toContainText('tokens in')
    }
    expect(modelServer.generations()).toHaveLength(3)
    for (const { text } of modelServer.generations()) expect(text).toContain('She owes the harbour master')
    await editor.getByRole('textbox', { name: 'An opening of your own' }).fill('Why two fingers?')
    modelServer.next({}, {}, { fault: '500' }, { text: 'Curt.</system_thinking>Mara: A rope took them.' })
    await editor.getByRole('button', { name: 'Run again' }).click()
    const own = editor.getByRole('region', { name: 'Your own' })
    await expect(own.getByRole('article', { name: 'This run' })).toContainText('A rope took them.')
    await expect(own.getByRole('article')).toHaveCount(1)
    const voice = editor.getByRole('region', { name: 'Voice' })
    await expect(voice.getByRole('article', { name: 'The run before' })).toContainText('tokens in')
    const [left, right] = await voice
      .getByRole('article')
      .evaluateAll((takes) => takes.map((take) => take.getBoundingClientRect()))
    expect(left?.top).toBe(right?.top)
    await expect(
      editor.getByRole('region', { name: 'Under pressure' }).getByRole('article', { name: 'This run' }),
    ).toContainText('The server reported an error')
    await expectAccessible(page)
    // Nothing of it is a chat.
    expect((await readDatabase(page))['conversations']?.length).toBe(chats)
  })

  await test.step('a field is filled, and nothing changes before it is taken', async () => {
    await studio.getByRole('link', { name: 'Help' }).click()
    await editor.getByRole('combobox', { name: 'Field' }).selectOption('Description')
    modelServer.next({
      text: 'Short.</system_thinking>\n===Description===\nShe has kept the ferry since her mother left.',
    })
    await editor.getByRole('button', { name: 'Propose a text' }).click()
    const proposal = editor.getByRole('region', { name: 'Description', exact: true })
    await expect(proposal.locator('del').first()).toContainText('father')
    await expect(proposal.locator('ins').first()).toContainText('mother')
    await expectAccessible(page)
    expect(await storedDescription(page, 'Mara')).toContain('her father drowned')
    await proposal.getByRole('button', { name: 'Leave it' }).click()
    await editor.getByRole('button', { name: 'Look again' }).click()
    await proposal.getByRole('button', { name: 'Take it' }).click()
    await expect(editor.getByText('Description: as proposed.')).toBeVisible()
    await expect.poll(() => storedDescription(page, 'Mara')).toBe('She has kept the ferry since her mother left.')
    // What the author had written is a version.
    await studio.getByRole('link', { name: 'Versions' }).click()
    await page.getByRole('button', { name: 'Compare' }).first().click()
    await expect(page.getByRole('region', { name: 'Differences' }).locator('del').first()).toContainText('father')
  })

  await test.step('the model asks, and works the answers in; what is no answer is shown as it came', async () => {
    await studio.getByRole('link', { name: 'Help' }).click()
    await editor.getByRole('button', { name: 'Interview me' }).click()
    modelServer.next({ text: 'x</system_thinking>I would rather talk about the weather.' })
    await editor.getByRole('button', { name: 'Ask me three questions' }).click()
    await expect(editor.getByText('there are no questions in it')).toBeVisible()
    await expect(editor.getByText('I would rather talk about the weather.')).toBeVisible()
    await expectAccessible(page)
    modelServer.next({
      text: 'x</system_thinking>1. Whom does she row for nothing?\n2. What does she fear?\n3. Why did her mother leave?',
    })
    await editor.getByRole('button', { name: 'Ask me three questions' }).click()
    await editor.getByRole('textbox', { name: 'What does she fear?' }).fill('The third finger.')
    modelServer.next({ text: 'x</system_thinking>===Motivation===\nTo keep what is left of her hand.' })
    await editor.getByRole('button', { name: 'Work my answers in' }).press('Enter')
    await editor
      .getByRole('region', { name: 'Motivation', exact: true })
      .getByRole('button', { name: 'Take it' })
      .click()
    expect(modelServer.generations().at(-1)?.text).toContain('Question: What does she fear?')
    await expect(editor.getByText('Motivation: as proposed.')).toBeVisible()
  })

  await test.step('a page of prose becomes a card, text by text; a server that fails is told of', async () => {
    await editor.getByRole('button', { name: 'From a page of prose' }).click()
    await editor
      .getByRole('textbox', { name: 'A page of prose about the character' })
      .fill('Old Tam mended nets and lied about the sea.')
    modelServer.next({ fault: '500' })
    await editor.getByRole('button', { name: 'Propose a card' }).click()
    await expect(editor.getByRole('alert')).toContainText('The server reported an error')
    modelServer.next({
      text: 'x</system_thinking># Name\nOld Tam\n\n# Description\nMends nets.\n\n# Relationships\n- The sea: lies about it',
    })
    await editor.getByRole('button', { name: 'Propose a card' }).click()
    await expect(editor.getByText('3 texts are proposed.')).toBeVisible()
    await editor.getByRole('region', { name: 'Name', exact: true }).getByRole('button', { name: 'Leave it' }).click()
    await editor
      .getByRole('region', { name: /^Relationship/ })
      .first()
      .getByRole('button', { name: 'Take it' })
      .click()
    await studio.getByRole('link', { name: 'Card' }).click()
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Mara')
    await expect(page.getByRole('textbox', { name: 'What The sea is to them' })).toHaveValue('lies about it')
  })
})

test('a portrait is cropped by dragging and by keyboard; expressions travel in the archive', async ({ page }) => {
  await page.goto('/characters')
  const buffer = Buffer.from(writeCard({ document: mara }, 'json-v3'))
  await page.getByLabel('Import card').setInputFiles({ name: 'mara.json', mimeType: 'application/json', buffer })
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Pictures' }).click()
  const dialog = page.getByRole('dialog', { name: 'The portrait' })
  const portrait = page.getByRole('region', { name: 'Editor' }).getByRole('img', { name: 'Portrait of Mara' })

  await test.step('by dragging: what is in the frame is what is used', async () => {
    const file = { name: 'halves.png', mimeType: 'image/png', buffer: picture(400, 100, (x) => (x < 200 ? red : blue)) }
    await page.getByLabel('Choose a picture').setInputFiles(file)
    const box = await dialog.getByRole('img', { name: 'The part that is used' }).locator('..').boundingBox()
    if (!box) throw new Error('No frame')
    await page.mouse.move(box.x + box.width - 5, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x - 600, box.y + 50, { steps: 5 })
    await page.mouse.up()
    await dialog.getByRole('button', { name: 'Use it' }).click()
    await expect(portrait).toBeVisible()
    await expect.poll(() => coloursOf(portrait)).toEqual({ left: 'blue', right: 'blue', shape: 0.75 })
  })

  await test.step('by keyboard, from the whole picture that was kept', async () => {
    await page.getByRole('button', { name: 'Crop it again' }).press('Enter')
    await dialog.getByRole('radio', { name: 'Portrait' }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('radio', { name: 'Square' })).toBeChecked()
    await dialog.getByRole('slider', { name: 'Left and right' }).press('Home')
    await dialog.getByRole('button', { name: 'Use it' }).press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect.poll(() => coloursOf(portrait)).toEqual({ left: 'red', right: 'red', shape: 1 })
  })

  await test.step('expressions are added, named, taken away, had back, and exported', async () => {
    const files = ['happy', 'happy', 'sad'].map((name) => ({
      name: `${name}.png`,
      mimeType: 'image/png',
      buffer: blueOne,
    }))
    await page.getByLabel('Add files').setInputFiles(files)
    const list = page.getByRole('list', { name: 'Files' })
    // Beside the portrait, which is one of a card's files as well.
    await expect(list.getByRole('listitem')).toHaveCount(4)
    await list.getByRole('textbox', { name: 'Name of file 3' }).fill('content')
    await page.getByRole('button', { name: 'Remove sad' }).click()
    await expect(list.getByRole('listitem')).toHaveCount(3)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('listitem')).toHaveCount(4)
    await expectAccessible(page)
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Save as CHARX/ }).click()
    const read = readCard(new Uint8Array(await readFile(await (await download).path())))
    if (!read.ok) throw new Error(`Not read: ${read.error.type}`)
    const assets = findAssets(read.value.document, read.value.files ?? [])
    const expressions = assets.filter(({ type }) => type === 'emotion')
    expect(expressions.map(({ name }) => name)).toEqual(['happy', 'content', 'sad'])
    for (const { file } of expressions) expect(file?.size).toBe(blueOne.length)
    expect(read.value.picture?.type).toBe('image/png')
  })
})

const tabs = ['Preview', 'Greetings', 'Pictures', 'Advice', 'Test bench', 'X-ray', 'Help', 'Versions', 'Export', 'Card']

// All of its rules in light; in dark the page is the same but for its colours.
for (const [device, settings, colorScheme, rules] of [
  ['a phone', phone, 'light', []],
  ['a desk', {}, 'dark', ['color-contrast', 'link-in-text-block']],
] as const) {
  test.describe(`on ${device}, ${colorScheme}`, () => {
    test.use(settings)

    test('every tab of the studio fits, and axe finds nothing', async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.goto('/characters')
      await expect(page.getByRole('main').getByRole('link', { name: 'Scheherazade' })).toBeVisible()
      const width = page.viewportSize()?.width ?? 0
      await page.goto('/characters/bundled-scheherazade/edit')
      for (const tab of tabs) {
        // Where there is room it is beside the forms.
        if (tab === 'Preview' && device === 'a desk') continue
        await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: tab }).click()
        if (tab === 'Greetings') await page.getByText('Layers', { exact: true }).first().click()
        await expect(page.getByRole('region', { name: 'Editor' })).not.toBeEmpty()
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        await expectAccessible(page, rules)
      }
    })
  })
}

async function storedDescription(page: Page, name: string): Promise<string | undefined> {
  const { characters = [] } = await readDatabase(page)
  const views = (characters as Character[]).map(({ document }) => viewCard(document))
  return views.find((view) => view.name === name)?.description
}

type Colour = readonly [number, number, number]
const red: Colour = [200, 30, 20]
const blue: Colour = [20, 40, 200]
const blueOne = picture(60, 90, () => blue)

/** A PNG of so many pixels, each column of one colour. */
function picture(width: number, height: number, colourAt: (x: number) => Colour): Buffer {
  const row = [0, ...Array.from({ length: width }, (_, x) => colourAt(x)).flat()]
  const header = concatBytes([uint32(width), uint32(height), Uint8Array.of(8, 2, 0, 0, 0)])
  const pixels = deflateSync(Uint8Array.from(Array.from({ length: height }, () => row).flat()))
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', pixels), pngChunk('IEND', new Uint8Array())]
  return Buffer.from(concatBytes([pngSignature, ...chunks]))
}

/** What a picture on the page shows at its left and right end, and its width over its height. */
function coloursOf(image: Locator) {
  return image.evaluate(async (element) => {
    const shown = element as HTMLImageElement
    await shown.decode()
    const { naturalWidth: width, naturalHeight: height } = shown
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d')
    context?.drawImage(shown, 0, 0)
    const at = (x: number) => {
      const [red = 0, , blue = 0] = context?.getImageData(x, height >> 1, 1, 1).data ?? []
      return red > blue ? 'red' : 'blue'
    }
    return { left: at(1), right: at(width - 2), shape: Math.round((width / height) * 100) / 100 }
  })
}

async function expectAccessible(page: Page, rules: readonly string[] = []): Promise<void> {
  expect(await violationsOf(page, rules.length > 0 ? { runOnly: rules } : {})).toEqual([])
}
