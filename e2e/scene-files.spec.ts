import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { coserCase } from '../src/core/coser/coser.test-kit.ts'
import type { KeptScene } from '../src/core/scene-file/kept-scene.ts'
import { violationsOf } from './axe.ts'
import { expect, lastTurn, readDatabase, replyEnded, chatTest as test, turns } from './journey.ts'

const said = (words: string) => ({ text: `A plan.</system_thinking>${words}` })

async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

async function keptScenes(page: Page): Promise<readonly KeptScene[]> {
  const { scenes = [] } = await readDatabase(page)
  return (scenes as readonly KeptScene[]).filter(({ deletedAt }) => deletedAt === undefined)
}

test('a case of CoSER comes in, roles are chosen, and it is played on from a line of the book', async ({
  page,
  modelServer,
}) => {
  const asked = () => JSON.stringify(modelServer.generations().at(-1)?.body)
  const others = Array.from({ length: 199 }, (_, index) => ({
    ...coserCase,
    topic: `Case ${index}`,
    book: `Book ${index % 40}`,
  }))
  const buffer = Buffer.from(JSON.stringify([...others, coserCase, { broken: true }]))
  await page.goto('/scenes')
  await page.getByLabel('Import scene').setInputFiles({ name: 'test_set.json', mimeType: 'application/json', buffer })

  const chooser = page.getByRole('dialog', { name: 'Which scenes?' })
  await expect(chooser).toContainText('holds 200 scenes')
  await expect(chooser).toContainText('1 case can’t be read')
  await chooser.getByRole('searchbox', { name: 'Find a scene' }).fill('grey ness')
  await expect(chooser.getByRole('checkbox')).toHaveCount(1)
  await expectAccessible(page)
  await chooser.getByRole('checkbox', { name: 'The log book' }).check()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'The log book' })).toBeVisible()
  expect(await keptScenes(page)).toHaveLength(1)

  await page.getByRole('button', { name: 'Begin' }).click()
  const dialog = page.getByRole('dialog', { name: 'The log book' })
  await dialog.getByRole('combobox', { name: 'You play' }).selectOption({ label: 'Marta Quill' })
  await expect(dialog).toContainText('A model plays Old Tobias.')
  await expect(dialog).toContainText('What is on your mind: MARTA-MOTIVE')
  await expect(dialog).not.toContainText('TOBIAS-')
  await dialog.getByRole('radio', { name: 'Pages go.' }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await expect(turns(page)).toHaveCount(3)
  await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Old Tobias')

  modelServer.next(said('The sea wanted it.'))
  await page.getByRole('textbox', { name: 'Message' }).fill('Not by themselves. [MARTA-NEW-THOUGHT]')
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await expect(lastTurn(page)).toContainText('The sea wanted it.')
  await replyEnded(page)
  expect(asked()).toContain('You are Old Tobias from The Lamp at Grey Ness.')
  expect(asked()).toContain('TOBIAS-MOTIVE')
  expect(asked()).toContain('TOBIAS-THOUGHT')
  expect(asked()).toContain('its last page is gone')
  expect(asked()).toContain('Environment: The wind leans on the glass.')
  expect(asked()).not.toMatch(/MARTA-|\(turns the lamp/)

  // The same file again: what is here already is not kept twice.
  await page.goto('/scenes')
  await page.getByLabel('Import scene').setInputFiles({
    name: 'one.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(coserCase)),
  })
  await expect(page.getByRole('heading', { level: 1, name: 'The log book' })).toBeVisible()
  expect(await keptScenes(page)).toHaveLength(1)
})

test('a scene is written, shared, deleted, and comes back the same', async ({ page }) => {
  await page.goto('/scenes')
  await page.getByRole('button', { name: 'Write a scene' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('The lamp')
  await page.getByRole('textbox', { name: 'Where and when it plays' }).fill('A cellar, with one lamp.')
  const add = page.getByRole('combobox', { name: 'Add a character' })
  for (const label of ['Jane Eyre', 'Count Dracula', 'Cheshire Cat']) await add.selectOption({ label })
  await page.getByRole('textbox', { name: 'What only Jane Eyre knows' }).fill('She has the key.')
  const there = page.getByRole('listitem').filter({ hasText: 'Cheshire Cat' }).getByRole('checkbox', { name: 'There' })
  await there.uncheck()
  await page.getByRole('button', { name: 'Add a turn' }).click()
  await page.getByRole('combobox', { name: 'Who has turn 1' }).selectOption({ label: 'Jane Eyre' })
  await page.getByRole('textbox', { name: 'Words of turn 1' }).fill('*listens* Who is there? [Not he.]')
  await page.getByRole('checkbox', { name: 'Count Dracula' }).last().check()
  await page.getByRole('button', { name: 'Move turn 1 up' }).focus()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'What only Jane Eyre knows' })).toHaveValue('She has the key.')
  // Other journeys of this profile have scenes of their own.
  const before = (await keptScenes(page)).find(({ title }) => title === 'The lamp')
  expect(before).toMatchObject({
    title: 'The lamp',
    present: ['bundled-jane-eyre', 'bundled-count-dracula'],
    secrets: { 'bundled-jane-eyre': 'She has the key.' },
    opening: [{ dialect: 'player', whisperTo: ['bundled-count-dracula'] }],
  })

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Share' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('The lamp (scene).json')
  const buffer = await readFile(await download.path())
  expect(buffer.toString()).toContain('"spec": "chara_card_v3"')
  expect(buffer.toString()).toContain('"type": "image/png"')
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit The lamp' })).toBeHidden()
  await page.getByLabel('Import scene').setInputFiles({ name: 'lamp.json', mimeType: 'application/json', buffer })
  await expect(page.getByRole('heading', { level: 1, name: 'The lamp' })).toBeVisible()
  const back = (await keptScenes(page)).find(({ title }) => title === 'The lamp')
  const { id: _id, origin: _origin, createdAt: _made, updatedAt: _changed, ...same } = back as KeptScene
  const { id, origin, createdAt, updatedAt, ...first } = before as KeptScene
  expect(same).toEqual(first)
  expect([typeof id, origin, typeof createdAt, typeof updatedAt]).toEqual(['string', 'authored', 'number', 'number'])

  // What is no scene says why.
  const bad = Buffer.from('{"format": "subtext-scene", "version": 1, "title": "x", "characters": 5}')
  await page.goto('/characters')
  await page.getByLabel('Import card').setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: bad })
  await expect(page.getByText('This Subtext scene is damaged at characters')).toBeVisible()
})

test('a bundled scene is played, and its secret is in the prompts of the one who holds it alone', async ({
  page,
  modelServer,
}) => {
  const body = () => JSON.stringify(modelServer.generations().at(-1)?.body)
  const cast = page.getByRole('region', { name: 'Who is in the scene' })
  await page.goto('/characters')
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Scenes' }).click()
  const shelf = page.getByRole('region', { name: 'Begin from…' })
  await expect(shelf.getByRole('button', { name: /^Begin / })).toHaveCount(7)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Begin The Tart Inquest' }).click()
  const dialog = page.getByRole('dialog', { name: 'The Tart Inquest' })
  await expect(dialog).toContainText('keep something to themselves')
  await dialog.getByRole('button', { name: 'Begin' }).press('Enter')
  await expect(turns(page)).toHaveCount(4)

  const ask = async (name: string) => {
    modelServer.next(said(`${name} speaks.`))
    await cast.getByRole('button', { name }).click()
    await page.getByRole('menuitem', { name: 'Answer now' }).click()
    await expect(lastTurn(page)).toContainText(`${name} speaks.`)
    await replyEnded(page)
  }
  await ask('Elizabeth Bennet')
  expect(body()).toMatch(/Elizabeth ate the last tart[\s\S]*Jam\. There is jam on my glove[\s\S]*It is the other glove/)
  expect(body()).not.toMatch(/in her sleep, in her nightgown|the cook is to lose her head|Two people, then/)
  await ask('Sherlock Holmes')
  expect(body()).toMatch(/the cook is to lose her head[\s\S]*leans down to her ear/)
  expect(body()).not.toMatch(/ate the last tart|jam on my glove|It is the other glove|in her nightgown/)
  expect(body()).toContain('kitchens in Wonderland')

  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('What do you want to do?').fill('About the scene')
  await page.keyboard.press('Enter')
  const about = page.getByRole('dialog', { name: 'The Tart Inquest' })
  await about.getByText('What the others keep to themselves').click()
  await expect(about).toContainText('Elizabeth ate the last tart')
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  // The whole of it goes out and comes back as a chat.
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('What do you want to do?').fill('Share the scene')
  await page.keyboard.press('Enter')
  const share = page.getByRole('dialog', { name: 'Share the scene' })
  await share.getByRole('checkbox', { name: 'The story so far' }).check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    share.getByRole('button', { name: 'Save' }).click(),
  ])
  const buffer = await readFile(await download.path())
  const from = page.url()
  await page.goto('/chats')
  await page.getByLabel('Import chat').setInputFiles({ name: 'tarts.json', mimeType: 'application/json', buffer })
  await expect(page).not.toHaveURL(from)
  await expect(turns(page)).toHaveCount(6)
  await ask('Cheshire Cat')
  expect(body()).toMatch(/in her nightgown[\s\S]*It is the other glove/)
  expect(body()).not.toMatch(/ate the last tart, the|the cook is to lose|jam on my glove/)
})
