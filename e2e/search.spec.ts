import { expect, lastTurn, replyEnded, send, chatTest as test, turns } from './journey.ts'

const reply =
  'Plans to hide it.</system_thinking><role_thinking>The zeppelin is mine.</role_thinking>I know of no balloon.'

test('everything is searched: every chat, branch and layer, what was never said, and it follows what is written', async ({
  page,
  modelServer,
}) => {
  test.setTimeout(90_000)
  modelServer.next({ text: reply }, { text: 'Hm.</system_thinking>The zeppelin, you say?' })
  await send(page, 'Whose balloon is it?')
  await replyEnded(page)
  const chat = page.url()
  await lastTurn(page).getByRole('button', { name: 'Again' }).click()
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('you say?')

  await page.getByRole('log').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(page.getByRole('heading', { level: 1, name: 'Search everything' })).toBeVisible()
  const field = page.getByRole('searchbox', { name: 'Search everything' })
  await expect(field).toBeFocused()
  await field.fill('zeppelin')
  const found = page.getByRole('list', { name: 'Found' }).getByRole('listitem')
  await expect(found).toHaveCount(2)
  await expect(found.locator('mark')).toHaveText(['zeppelin', 'zeppelin'])
  await expect(page.getByRole('status').filter({ hasText: ' ms' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'Thought but never said' }).check()
  await expect(found).toHaveCount(1)
  await expect(found).toContainText('The zeppelin is mine.')
  await page.getByRole('checkbox', { name: 'Thought but never said' }).uncheck()
  await page.getByRole('checkbox', { name: 'Inner thought' }).uncheck()
  await expect(found).toHaveCount(1)
  await page.getByRole('checkbox', { name: 'Inner thought' }).check()
  await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: 'Elizabeth Bennet' })
  await expect(found).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: 'Everyone' })
  await expect(found).toHaveCount(2)

  // The other branch is gone to, and the way back leads to the question.
  await expect(page).toHaveURL(/\/search\?q=zeppelin$/)
  await found.filter({ hasText: 'is mine' }).getByRole('link').click()
  await expect(page).toHaveURL(chat)
  await expect(lastTurn(page)).toContainText('I know of no balloon.')
  await expect(lastTurn(page)).toContainText('1 of 2')
  await expect(lastTurn(page)).toBeFocused()
  await page.goBack()
  await expect(field).toHaveValue('zeppelin')
  await expect(found).toHaveCount(2)

  const other = await page.context().newPage()
  await other.goto(chat)
  await expect(turns(other)).not.toHaveCount(0)
  modelServer.next({ text: 'Hm.</system_thinking>A zeppelin again.' })
  await send(other, 'So?')
  await replyEnded(other)
  await other.close()
  await expect(found).toHaveCount(3)
})
