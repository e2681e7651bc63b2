import type { Preference } from '../src/core/taste/preference.ts'
import { expect, lastTurn, readDatabase, replyEnded, send, storedTurns, chatTest as test } from './journey.ts'

const take = (thought: string, words: string) => ({
  text: `He should answer.</system_thinking>Sherlock Holmes: <role_thinking>${thought}</role_thinking>${words}`,
})
const preferencesOf = async (page: Parameters<typeof readDatabase>[0]) =>
  ((await readDatabase(page))['preferences'] ?? []) as readonly Preference[]

test('two takes are compared blind, the best of many is found, and both are held against each other', async ({
  page,
  modelServer,
}) => {
  modelServer.next(take('Mud.', 'You came by train.'))
  await send(page, 'Good day')
  await replyEnded(page)
  modelServer.next(take('Only the left boot is wet.', 'You walked here, and through the park, I should say.'))
  await page.keyboard.press('Alt+r')
  await expect(lastTurn(page).getByText('through the park')).toBeVisible()
  await replyEnded(page)

  await page.keyboard.press('Alt+o')
  const dialog = page.getByRole('dialog', { name: 'Which take is better?' })
  const takeA = dialog.getByRole('region', { name: 'Take A' })
  await expect(takeA).toBeVisible()
  await expect(dialog.getByText('Only the left boot is wet.')).toBeHidden()
  await page.keyboard.press('l')
  await expect(dialog.getByText('Only the left boot is wet.')).toBeVisible()
  await expect(dialog.getByText('He should answer.')).toBeHidden()
  const wordsOfA = await takeA.innerText()
  await page.keyboard.press('ArrowRight')
  await expect(dialog.getByText('What decided it?')).toBeVisible()
  await page.keyboard.press('u')
  await expect(dialog.getByText('What decided it?')).toBeHidden()
  await page.keyboard.press('ArrowLeft')
  await expect(dialog.getByText('What decided it?')).toBeVisible()
  await page.keyboard.press('2')
  await expect(dialog.getByRole('button', { name: 'Relationship' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const [undone, said] = [...(await preferencesOf(page))].sort((one, other) => one.createdAt - other.createdAt)
  expect(undone?.deletedAt).toBeGreaterThan(0)
  const preferred = said && (await storedTurns(page)).find(({ id }) => id === said[said.verdict as 'a' | 'b'])
  expect(wordsOfA).toContain(preferred?.raw.includes('train') ? 'train' : 'park')
  expect(said).toMatchObject({ by: { kind: 'human', shown: 'thoughts' }, principles: ['relationship-development'] })

  await lastTurn(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Best of many takes…' }).click()
  const best = page.getByRole('dialog', { name: 'Best of many takes' })
  await best.getByRole('spinbutton', { name: 'New takes' }).fill('3')
  // So that the pairs of the older takes are left for the judge below, whichever draw comes first.
  await best.getByRole('checkbox', { name: 'The 2 takes that are there play too' }).uncheck()
  modelServer.next(take('Hm.', 'Do sit.'))
  modelServer.next(take('Hm.', 'No.'))
  modelServer.next(take('Oh.', 'You walked, you ran, you stood under a tree until the rain let up, and then you came.'))
  await best.getByRole('button', { name: 'Draw and judge' }).click()
  await expect(best.getByText('is the best, and is shown in the chat.')).toBeVisible({ timeout: 20_000 })
  await expect(best.getByRole('list', { name: 'Round 2' })).toBeVisible()
  await best.getByRole('button', { name: 'Close' }).click()
  await expect(lastTurn(page).getByText(/^[345] of 5$/)).toBeVisible()
  const judged = modelServer.generations().filter(({ body }) => body?.messages?.[0]?.content.startsWith('# Role'))
  expect(judged.length).toBeGreaterThanOrEqual(4)
  expect(JSON.stringify(judged)).not.toContain('He should answer')

  await page.goto('/lab/taste')
  await expect(page.getByText('answered', { exact: false }).first()).toBeVisible()
  await page.getByText('Judge', { exact: true }).click()
  // Chats are looked through one after the other: there may be more pairs than there were when it was pressed.
  const judge = page.getByRole('button', { name: /^Judge (one pair|\d+ pairs)$/ })
  await expect(async () => {
    if (await judge.isVisible()) await judge.click({ timeout: 2000 })
    await expect(page.getByRole('button', { name: 'It has seen every pair' })).toBeVisible({ timeout: 8000 })
  }).toPass({ timeout: 60_000 })
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(2)
  await page.getByText('Files', { exact: true }).click()
  await page.getByText('pairs.jsonl', { exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the file' }).click()
  expect((await download).suggestedFilename()).toBe('pairs.jsonl')
  await expect(page.getByText(/lines from \d+ pairs/)).toBeVisible()
})
