import type { Page } from '@playwright/test'
import { expect, lastTurn, replyEnded, send, chatTest as test, turns } from './journey.ts'

const reply =
  'He waits for more.</system_thinking><role_action>turns a page</role_action>' +
  '<role_thinking>Mud on the left boot only.</role_thinking>You came by the *river* path, I see.' +
  '<role_thinking>And in a hurry.</role_thinking>Do sit.'

async function converse(page: Page): Promise<void> {
  await send(page, 'Good day')
  await replyEnded(page)
}

test.beforeEach(async ({ modelServer, page }) => {
  modelServer.next({ text: reply })
  await converse(page)
  await page.getByRole('radio', { name: 'Words' }).check({ force: true })
})

test('who lingers on a spoken line reads the thought before it, by pointer and by key, and nothing moves', async ({
  page,
}) => {
  const line = lastTurn(page).locator('[data-layer=speech]').first()
  const note = page.getByRole('note')
  const before = await lastTurn(page).boundingBox()
  await line.hover()
  await expect(note).toHaveText('Mud on the left boot only.')
  expect(await lastTurn(page).boundingBox()).toEqual(before)
  await page.keyboard.press('Escape')
  await expect(note).toHaveCount(0)
  await page.mouse.move(0, 0)

  const button = lastTurn(page).getByRole('button', { name: 'Between the lines' }).last()
  await button.focus()
  await expect(note).toHaveText('And in a hurry.')
  await expect(button).toHaveAccessibleDescription('And in a hurry.')
  await button.blur()
  await expect(note).toHaveCount(0)

  await lastTurn(page)
    .getByRole('button', { name: /^Inner thought/ })
    .first()
    .click()
  await line.hover()
  await page.waitForTimeout(400)
  await expect(note).toHaveCount(0)
})

test('played sealed, a thought opens only when its seal is broken, which is counted, or by the director’s cut', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('menuitem', { name: 'Play sealed' }).click()
  await expect(page.getByText('Played sealed. No seal is broken.')).toBeVisible()
  await page.getByRole('radio', { name: '+ Planning' }).check({ force: true })
  const turn = lastTurn(page)
  await expect(turn.getByText('Mud on the left boot only.')).toHaveCount(0)
  await expect(turn.getByText('He waits for more.')).toHaveCount(0)
  await turn.locator('[data-layer=speech]').first().hover()
  await page.waitForTimeout(400)
  await expect(page.getByRole('note')).toHaveCount(0)
  await turn.getByRole('button', { name: 'Edit' }).click()
  await expect(page.getByRole('dialog', { name: 'This turn is sealed' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+p')
  const prompt = page.getByRole('dialog', { name: 'What the model sees' })
  await expect(prompt).toContainText('The chat is played sealed')
  await expect(prompt).not.toContainText('Mud on the left boot only.')
  await page.keyboard.press('Escape')

  const seal = turn.getByRole('button', { name: /^Inner thought/ }).first()
  await seal.click()
  await expect(seal).toHaveText('Inner thought: break this seal?')
  await seal.click()
  await expect(turn.getByText('Mud on the left boot only.')).toBeVisible()
  await expect(turn.getByText('And in a hurry.')).toHaveCount(0)
  await expect(page.getByText('One seal is broken.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('One seal is broken.')).toBeVisible()
  await expect(turn.getByText('And in a hurry.')).toHaveCount(0)

  await page.getByRole('radio', { name: 'Words' }).check({ force: true })
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('menuitem', { name: 'Director’s cut' }).click()
  for (const text of ['Mud on the left boot only.', 'And in a hurry.', 'He waits for more.']) {
    await expect(turn.getByText(text)).toBeVisible()
  }
  await expect(page.getByText(/Played sealed/)).toHaveCount(0)
})

test('how deep one reads is remembered for each character', async ({ page }) => {
  const chat = page.url()
  await page.getByRole('radio', { name: '+ Planning' }).check({ force: true })
  await page.goto('/characters')
  await page.getByRole('main').getByRole('link', { name: 'Elizabeth Bennet' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(page.getByRole('radio', { name: 'Words' })).toBeChecked()
  await page.goto(chat)
  await expect(page.getByRole('radio', { name: '+ Planning' })).toBeChecked()
  await expect(turns(page)).not.toHaveCount(0)
  await page.keyboard.press('Alt+1')
  await expect(page.getByRole('radio', { name: 'Words' })).toBeChecked()
})

test('a page of version 1 keeps what its reader had chosen', async ({ page }) => {
  const chat = page.url()
  await page.evaluate(() => {
    const state = {
      layers: 'thoughts',
      theme: 'dark',
      openByHand: {},
      draftsByConversation: {},
      hasOpenedThought: true,
    }
    localStorage.setItem('subtext-layout', JSON.stringify({ state, version: 1 }))
  })
  await page.goto(chat)
  await expect(page.getByRole('radio', { name: '+ Thoughts' })).toBeChecked()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.evaluate(() => localStorage.removeItem('subtext-layout'))
})

test('the reading mode leaves the story alone on the page, by key and by hand', async ({ page }) => {
  await page.getByRole('log').focus()
  await page.keyboard.press('r')
  for (const name of ['Chats', 'Settings']) await expect(page.getByRole('link', { name, exact: true })).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeHidden()
  await expect(page.getByRole('radiogroup', { name: 'Layers' })).toBeHidden()
  await expect(lastTurn(page).getByRole('button', { name: 'Again' })).toBeHidden()
  await expect(lastTurn(page).getByText('Do sit.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'To the end' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('menuitem', { name: 'Reading mode' }).click()
  await page.getByRole('button', { name: 'Leave reading mode' }).click()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Message' }).press('r')
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('r')
  await page.getByRole('textbox', { name: 'Message' }).fill('')
})

test('find in the chat counts, walks, opens the layer a find is in, and closes it behind it', async ({ page }) => {
  await page.keyboard.press('ControlOrMeta+f')
  const field = page.getByRole('textbox', { name: 'Find' })
  await expect(field).toBeFocused()
  const bar = page.getByRole('search', { name: 'Find in this chat' })
  await field.fill('the river PATH')
  await expect(bar.getByRole('status')).toHaveText('1 of 1')
  await expect(lastTurn(page).locator('mark')).toHaveText(['the ', 'river', ' path'])
  await field.fill('boot only')
  await expect(bar.getByRole('status')).toHaveText('1 of 1')
  await expect(lastTurn(page).locator('mark[data-current]')).toHaveText('boot only')
  await expect(lastTurn(page).locator('mark[data-current]')).toBeVisible()
  await field.fill('wait')
  await expect(lastTurn(page).getByText('He waits for more.')).toBeVisible()
  await expect(lastTurn(page).getByText('Mud on the left boot only.')).toBeHidden()
  await field.fill('o')
  await expect(bar.getByRole('status')).toHaveText(/^\d+ of \d+$/)
  const first = await bar.getByRole('status').textContent()
  await field.press('Enter')
  await expect(bar.getByRole('status')).not.toHaveText(first ?? '')
  await field.press('Shift+Enter')
  await expect(bar.getByRole('status')).toHaveText(first ?? '')
  await field.fill('no such words')
  await expect(bar.getByRole('status')).toHaveText('Not found')
  await field.press('Escape')
  await expect(bar).toHaveCount(0)
  await expect(page.locator('mark')).toHaveCount(0)
  await expect(turns(page)).not.toHaveCount(0)
})

test('a reply is read aloud: what is said alone, or all that is shown, and is stopped by button and by key', async ({
  page,
  modelServer,
}) => {
  // There is no voice in a headless browser: what it would say is noted, and goes on until it is cancelled.
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    speechSynthesis.speak = ({ text }) => void said.push(text)
    speechSynthesis.cancel = () => void said.push('(silence)')
  })
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0))
  modelServer.next({ text: 'Plan.</system_thinking><role_thinking>Hm.</role_thinking>*Indeed.* Sit down.' })
  await send(page, 'Well?')
  await replyEnded(page)
  const more = async (name: string) => {
    await lastTurn(page).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  const stop = lastTurn(page).getByRole('button', { name: 'Stop reading aloud' })

  await more('Read aloud what is said')
  await expect(stop).toBeVisible()
  expect(await said()).toEqual(['(silence)', 'Indeed.'])
  await stop.click()
  await expect(stop).toBeHidden()
  expect(await said()).toEqual(['(silence)'])

  await page.keyboard.press('Alt+2')
  await more('Read aloud all that is shown')
  expect(await said()).toEqual(['(silence)', 'Hm.'])
  await page.keyboard.press('Alt+l')
  await expect(stop).toBeHidden()
})
