import type { Locator, Page } from '@playwright/test'
import { beginChat, connectTo, expect, lastTurn, phone, replyEnded, test, turns } from './journey.ts'

test.use(phone)
test.slow()

const reply =
  'He waits for more.</system_thinking>Sherlock Holmes: <role_action>turns a page</role_action>' +
  '<role_thinking>Mud on the left boot only.</role_thinking>You came by the river path.'

/** Notes what kind of pointer each press came from. */
async function watchPointers(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const pointers: string[] = []
    Object.assign(window, { pointers })
    window.addEventListener('pointerdown', ({ pointerType }) => pointers.push(pointerType), true)
  })
  return () => page.evaluate(() => (window as unknown as { pointers: string[] }).pointers)
}

/** Taps, where a finger finds it: nothing smaller than what WCAG 2.2 asks for. */
async function tap(target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const box = await target.boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
  await target.tap()
}

/** Draws a finger over a turn, so many pixels to the right and down. */
async function swipe(page: Page, turn: Locator, right: number, down: number): Promise<void> {
  const box = await turn.boundingBox()
  if (!box) throw new Error('The turn is not in view')
  const session = await page.context().newCDPSession(page)
  const from = { x: box.x + box.width / 2, y: box.y + 40 }
  const steps = 8
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] })
  for (let step = 1; step <= steps; step += 1) {
    const point = { x: from.x + (right * step) / steps, y: from.y + (down * step) / steps }
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] })
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
  await expect(turn).toHaveCSS('transform', 'none')
}

test('by touch alone, on a phone: write, open a thought and the planning, switch, and act on a reply', async ({
  page,
  modelServer,
}) => {
  await connectTo(page, modelServer.url, { model: 'her' })
  await beginChat(page)
  const pointers = await watchPointers(page)
  const last = lastTurn(page)
  const button = (name: string | RegExp) => last.getByRole('button', { name })

  modelServer.next({ text: reply }, { text: 'Anew.</system_thinking>Another answer.' })
  const composer = page.getByRole('textbox', { name: 'Message' })
  await tap(composer)
  await page.keyboard.type('Good day')
  await tap(page.getByRole('button', { name: 'Send' }))
  await expect(last.getByText('You came by the river path.')).toBeVisible()
  await replyEnded(page)

  await tap(button(/^Inner thought/))
  await expect(last.getByText('Mud on the left boot only.')).toBeVisible()
  await tap(button(/^Inner thought/))
  await expect(last.getByText('Mud on the left boot only.')).toBeHidden()
  await tap(button(/^Planning/))
  await expect(last.getByText('He waits for more.')).toBeVisible()
  await tap(button(/^Planning/))
  await expect(last.getByText('He waits for more.')).toBeHidden()

  const layers = page.getByRole('radiogroup', { name: 'Layers' })
  await tap(layers.getByText('+ Planning', { exact: true }))
  await expect(layers.getByRole('radio', { name: '+ Planning' })).toBeChecked()
  await tap(layers.getByText('Words', { exact: true }))
  await expect(layers.getByRole('radio', { name: 'Words' })).toBeChecked()

  await tap(button('Steer the thought'))
  await tap(page.getByRole('dialog').getByRole('button', { name: 'Cancel' }))
  await tap(button('Edit'))
  await tap(page.getByRole('dialog').getByRole('button', { name: 'Cancel' }))
  await tap(button('Again'))
  await expect(last.getByText('Another answer.')).toBeVisible()
  await replyEnded(page)
  await tap(button('Previous take'))
  await expect(last.getByText('You came by the river path.')).toBeVisible()
  await tap(button('Next take'))
  await expect(last.getByText('Another answer.')).toBeVisible()

  await swipe(page, last, 160, 10)
  await expect(last.getByText('You came by the river path.')).toBeVisible()
  await swipe(page, last, -40, 0)
  await swipe(page, last, -120, 130)
  await expect(last.getByText('You came by the river path.')).toBeVisible()
  await swipe(page, last, -160, 10)
  await expect(last.getByText('Another answer.')).toBeVisible()
  modelServer.next({ text: 'Past it.</system_thinking>A third one.' })
  await swipe(page, last, -160, -10)
  await expect(last.getByText('A third one.')).toBeVisible()
  await replyEnded(page)
  await swipe(page, last, 160, 0)
  await expect(last.getByText('Another answer.')).toBeVisible()
  // No hand is faster; a tap in the same moment is taken for part of the swipe.
  await page.waitForTimeout(500)

  const remove = page.getByRole('menuitem', { name: 'Delete' })
  // On a machine that is busy a tap may take so long that it is a long press, which opens nothing.
  await expect(async () => {
    await tap(button('More'))
    await expect(remove).toBeVisible({ timeout: 3000 })
  }).toPass()
  await tap(remove)
  await expect(turns(page).getByText('Another answer.')).toHaveCount(0)
  await tap(page.getByRole('button', { name: 'Undo' }))
  await expect(last.getByText('Another answer.')).toBeVisible()

  // A finger does not hover: what older turns offer is there without it.
  const older = turns(page).nth(1).getByRole('button', { name: 'Edit' })
  await expect(older.locator('..')).toHaveCSS('opacity', '1')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.viewport.width)
  expect(new Set(await pointers())).toEqual(new Set(['touch']))
})
