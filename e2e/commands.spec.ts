import { expect, lastTurn, replyEnded, send, chatTest as test } from './journey.ts'

test('the palette and the list of shortcuts hold the same commands, each key has one meaning, and both do what they say', async ({
  page,
  modelServer,
}) => {
  modelServer.next({ text: 'Plan.</system_thinking>First.' }, { text: 'Plan.</system_thinking>Second.' })
  await send(page, 'Good day')
  await replyEnded(page)
  const dialog = page.getByRole('dialog')

  await page.keyboard.press('Escape')
  await page.getByRole('log').focus()
  await page.keyboard.press('Shift+?')
  await expect(dialog.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible()
  const rows = await dialog.getByRole('listitem').evaluateAll((items) =>
    items.map((item) => ({
      title: item.firstChild?.textContent ?? '',
      keys: [...item.querySelectorAll('kbd')].map((key) => key.textContent).join('+'),
    })),
  )
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ keys }) => rows.filter((other) => other.keys === keys).length > 1)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await page.keyboard.press('Control+k')
  const search = dialog.getByRole('combobox')
  for (const { title } of rows) {
    await search.fill(title)
    await expect(dialog.getByRole('option', { name: title }).first()).toBeVisible()
  }
  await search.fill('tree')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('heading', { name: 'Story map' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Alt+r')
  await expect(lastTurn(page)).toContainText('Second.')
  await replyEnded(page)
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(lastTurn(page)).toContainText('First.')
  await page.keyboard.press('Control+k')
  await search.fill('next take')
  await page.keyboard.press('Enter')
  await expect(lastTurn(page)).toContainText('Second.')
})
