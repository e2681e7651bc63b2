import { violationsOf } from './axe.ts'
import { beginChat, connectTo, expect, lastTurn, replyEnded, send, test, turns } from './journey.ts'

// A profile of its own: whom the reader plays would be whom they play in every test that shares it.
test('a reader is several people, chosen for new chats, for a character and in a chat', async ({
  page,
  modelServer,
}) => {
  await connectTo(page, `${modelServer.url}/v1`, { model: 'her' })
  await beginChat(page)
  const chat = page.url()
  await send(page, 'Good evening.')
  await replyEnded(page)
  await page.goto('/settings')
  await page.getByRole('link', { name: 'Say who you are' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Personas' })).toBeVisible()

  const create = async (name: string, about: string) => {
    await page.getByRole('button', { name: 'New persona' }).click()
    await page.getByRole('textbox', { name: 'Your name' }).fill(name)
    await page.getByRole('textbox', { name: 'About you' }).fill(about)
    await page.getByRole('textbox', { name: 'Private notes' }).fill(`canary of ${name}`)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
  }
  await create('Clara', 'A botanist.')
  await create('Bea', 'A smuggler.')
  await expect(page.getByRole('listitem').filter({ hasText: 'Clara' })).toContainText('plays new chats')
  expect(await violationsOf(page)).toEqual([])

  await page.getByRole('button', { name: 'Duplicate Bea' }).click()
  await page.getByRole('button', { name: 'Delete Bea (copy)' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Bea (copy)' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Bea (copy)' })).toBeVisible()

  await page.goto(chat)
  await expect(turns(page).first()).toBeVisible()
  await expect(page.getByRole('article', { name: 'Clara' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('menuitem', { name: 'Who you play' }).click()
  await page.getByRole('radio', { name: /^Bea A/ }).check()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await send(page, 'Hand over the letters.')
  await replyEnded(page)
  await expect(page.getByRole('article', { name: 'Clara' })).toHaveCount(1)
  await expect(page.getByRole('article', { name: 'Bea', exact: true })).toHaveCount(1)
  await page.reload()
  await expect(page.getByRole('article', { name: 'Clara' })).toHaveCount(1)
  const sent = JSON.stringify(modelServer.requests)
  expect(sent).toContain('A smuggler.')
  expect(sent).toContain('Clara: Good evening.')
  expect(sent).not.toContain('canary')

  await page.getByRole('main').getByRole('link', { name: 'Sherlock Holmes' }).click()
  await page.getByRole('combobox', { name: 'You play' }).selectOption('Bea')
  // It shows what is kept.
  await expect(page.getByRole('combobox', { name: 'You play' })).toHaveValue(/\w/)
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(turns(page)).not.toHaveCount(0)
  await send(page, 'It is me.')
  await replyEnded(page)
  await expect(page.getByRole('article', { name: 'Bea', exact: true })).toHaveCount(1)
  await expect(lastTurn(page)).toHaveAccessibleName('Sherlock Holmes')
})
