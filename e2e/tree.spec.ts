import type { Page } from '@playwright/test'
import { expect, lastTurn, replyEnded, send, storedTurns, chatTest as test, turns } from './journey.ts'

const replyOf = (words: string, thought = 'Mud on the left boot.') =>
  `He waits.</system_thinking><role_thinking>${thought}</role_thinking>${words}`

async function say(page: Page, words: string): Promise<void> {
  await send(page, words)
  await replyEnded(page)
}

async function choose(page: Page, place: number, item: string): Promise<void> {
  const turn = turns(page).nth(place)
  await turn.hover()
  await turn.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test.beforeEach(({ modelServer }) => {
  modelServer.next({ text: replyOf('Do sit.') }, { text: replyOf('Go on.') }, { text: replyOf('Indeed.') })
})

test('an edit of what the reader said is a take, and each take leads to what followed from it', async ({ page }) => {
  await say(page, 'Good day')
  await say(page, 'It rains')
  const mine = turns(page).nth(1)
  await mine.hover()
  await mine.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Your words' }).fill('Good night')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(lastTurn(page)).toContainText('Good night')
  await expect(lastTurn(page)).toContainText('2 of 2')
  await lastTurn(page).getByRole('button', { name: 'Previous take' }).click()
  await expect(turns(page)).toHaveCount(5)
  await expect(lastTurn(page)).toContainText('Go on.')
})

test('a branch begins at any turn, nothing is lost, and the way back stands in the toast and under the turn', async ({
  page,
}) => {
  test.setTimeout(90_000)
  await say(page, 'Good day')
  await say(page, 'It rains')
  const before = (await storedTurns(page)).length
  await choose(page, 2, 'Branch from here')
  await expect(turns(page)).toHaveCount(3)
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(turns(page)).toHaveCount(5)
  await choose(page, 2, 'Branch from here')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Follow it' }).click()
  await expect(lastTurn(page)).toContainText('Go on.')
  await choose(page, 2, 'Branch from here')
  await expect(turns(page)).toHaveCount(3)
  await say(page, 'It snows')
  await expect(turns(page)).toHaveCount(5)
  await expect(turns(page).nth(3)).toContainText('2 of 2')
  expect(await storedTurns(page)).toHaveLength(before + 2)
})

test('the story map is walked by keys, shows names and bookmarks, and Enter goes there', async ({ page }) => {
  await say(page, 'Good day')
  await say(page, 'It rains')
  await choose(page, 2, 'Branch from here')
  await expect(turns(page)).toHaveCount(3)
  await say(page, 'It snows')
  await choose(page, 1, 'Bookmark')
  await expect(turns(page).nth(1).getByRole('img', { name: 'Bookmarked' })).toBeVisible()
  await choose(page, 2, 'Name this turn')
  await page.getByRole('textbox', { name: 'Name' }).fill('The fork')
  await page.keyboard.press('Enter')
  await expect(turns(page).nth(2)).toContainText('The fork')

  await page.keyboard.press('Alt+g')
  const map = page.getByRole('tree', { name: 'Takes and branches' })
  await expect(map).toBeFocused()
  const chosen = map.locator('[aria-selected=true]')
  await expect(chosen).toHaveAccessibleName(/Indeed\..*2 turns.*read now/)
  const list = page.getByRole('region', { name: 'Bookmarks and names' })
  await expect(list.getByRole('button')).toHaveText(['Good day', 'The fork'])
  await page.keyboard.press('ArrowUp')
  await expect(chosen).toHaveAccessibleName(/The fork/)
  await page.keyboard.press('ArrowUp')
  await expect(chosen).toHaveAccessibleName(/Good day.*bookmarked/)
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowRight')
  await expect(chosen).toHaveAccessibleName(/Go on\./)
  await expect(page.getByRole('region', { name: 'Chosen place' })).toContainText('Go on.')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(lastTurn(page)).toContainText('Go on.')
  await expect(turns(page).nth(3)).toContainText('It rains')
})

test('two takes are compared word by word in each layer, by keyboard', async ({ page, modelServer }) => {
  await say(page, 'Good day')
  modelServer.forget()
  modelServer.next({ text: replyOf('Do stand, please.', 'Mud on the right boot.') })
  await lastTurn(page).getByRole('button', { name: 'Again' }).click()
  await replyEnded(page)
  await lastTurn(page).getByRole('button', { name: 'Compare' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare takes' })
  await expect(dialog.getByRole('combobox', { name: 'Left take' })).toBeFocused()
  await expect(dialog.getByRole('combobox', { name: 'Left take' }).locator('option:checked')).toHaveText('1 of 2')
  const differences = dialog.getByRole('region', { name: 'Differences' })
  await expect(differences.getByRole('heading')).toHaveText(['Planning', 'Inner thought', 'Speech'])
  await expect(differences.locator('del').first()).toHaveText('left')
  await expect(differences.locator('ins').first()).toHaveText('right')
  await page.setViewportSize({ width: 390, height: 844 })
  const [removed, added] = [differences.locator('del').first(), differences.locator('ins').first()]
  expect((await removed.boundingBox())?.y).toBeLessThan((await added.boundingBox())?.y ?? 0)
  await page.setViewportSize({ width: 1280, height: 800 })
  await dialog.getByRole('button', { name: 'Read the left one' }).press('Enter')
  await expect(lastTurn(page)).toContainText('1 of 2')
})

test('what was deleted comes back by one key, and waits in the bin until it is brought back or erased', async ({
  page,
}) => {
  await say(page, 'Good day')
  await say(page, 'It rains')
  const chat = page.url()
  await choose(page, 3, 'Delete')
  await expect(turns(page)).toHaveCount(3)
  await page.getByRole('log').focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(turns(page)).toHaveCount(5)

  await page.getByRole('textbox', { name: 'Message' }).fill('x')
  await choose(page, 3, 'Delete')
  await expect(turns(page)).toHaveCount(3)
  await page.getByRole('textbox', { name: 'Message' }).focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(turns(page)).toHaveCount(3)
  await page.getByRole('textbox', { name: 'Message' }).fill('')

  await page.getByRole('link', { name: 'Chats', exact: true }).click()
  await page.getByRole('link', { name: 'Bin' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'It rains' })
  await expect(row).toContainText('with the turn after it')
  await row.getByRole('button', { name: /^Bring back/ }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Read it' }).click()
  await expect(page).toHaveURL(chat)
  await expect(turns(page)).toHaveCount(5)

  await choose(page, 3, 'Delete')
  await expect(turns(page)).toHaveCount(3)
  await page.goto('/bin')
  await row.getByRole('button', { name: /^Delete for good/ }).click()
  await expect(page.getByRole('dialog', { name: 'Delete for good?' })).toContainText('with it the one after it')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(row).toHaveCount(0)
  expect(
    (await storedTurns(page)).filter((turn) => turn.raw === 'It rains' && chat.endsWith(turn.conversationId)),
  ).toEqual([])
})
