import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, lastTurn, replyEnded, test } from './journey.ts'

/** In light by every rule; in dark the page is the same but for its colours, and those are the same at every width. */
async function expectAccessible(page: Page): Promise<void> {
  await expectNone(page, 'light', new AxeBuilder({ page }))
  if ((page.viewportSize()?.width ?? 0) < 1000) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectNone(page, 'dark', new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
  await page.emulateMedia({ colorScheme: 'light' })
}

async function expectNone(page: Page, theme: string, axe: AxeBuilder): Promise<void> {
  await expect(page.locator('html')).toHaveCSS('color-scheme', theme)
  // Colours on their way from one theme to the other are those of neither.
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}, ${theme}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(found).toEqual([])
}

for (const width of [1280, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 844 } })

    test('axe finds nothing on any screen, and none is wider than the window', async ({ page }) => {
      test.setTimeout(180_000)
      await page.goto('/')
      await expect(page.getByRole('button', { name: 'Planning' })).toBeVisible()
      await expectAccessible(page)
      await replyEnded(page)
      await lastTurn(page).getByRole('button', { name: 'Planning' }).click()
      await lastTurn(page).getByRole('button', { name: 'Inner thought' }).first().click()
      await expectAccessible(page)
      await lastTurn(page).getByRole('button', { name: 'Steer the thought' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await lastTurn(page).getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: 'Bookmark' }).click()
      await page.keyboard.press('Alt+g')
      await expect(page.getByRole('tree', { name: 'Takes and branches' })).toBeFocused()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('ControlOrMeta+f')
      await page.getByRole('textbox', { name: 'Find' }).fill('the')
      await expect(page.locator('mark').first()).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.getByRole('log').focus()
      await page.keyboard.press('r')
      await expect(page.getByRole('link', { name: 'Chats', exact: true })).toBeHidden()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.goto('/search?q=the')
      await expect(page.getByRole('list', { name: 'Found' }).getByRole('listitem')).not.toHaveCount(0)
      await expectAccessible(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.goto('/bin')
      await expect(page.getByRole('heading', { level: 1, name: 'Bin' })).toBeVisible()
      await expectAccessible(page)
      for (const place of ['Chats', 'Characters', 'Lorebooks', 'Connections', 'Settings']) {
        await page.getByRole('link', { name: place, exact: true }).click()
        await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
        if (place === 'Characters') await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(9)
        await expectAccessible(page)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
      await page.goto('/characters/bundled-scheherazade')
      await expect(page.getByRole('button', { name: 'New chat' })).toBeVisible()
      await expectAccessible(page)
    })
  })
}
