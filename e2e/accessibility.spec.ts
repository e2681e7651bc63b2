import type { Page } from '@playwright/test'
import { type AxeOptions, violationsOf } from './axe.ts'
import { expect, lastTurn, replyEnded, test } from './journey.ts'

/** What WCAG 2.2 asks for, at its levels A and AA. */
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Beside the standard: what a page is made of, for whoever can't see it. */
const structure = ['page-has-heading-one', 'heading-order', 'landmark-one-main', 'region', 'target-size']
/** The slow ones. Colours are the same at every width. */
const colours = ['color-contrast', 'link-in-text-block']

/**
 * In light by every rule; in dark the page is the same but for its colours, and those are the same at every width. Then
 * what axe does not know.
 */
async function expectAccessible(page: Page): Promise<void> {
  const isWide = (page.viewportSize()?.width ?? 0) >= 1000
  const rules = {
    ...Object.fromEntries(structure.map((rule) => [rule, { enabled: true }])),
    ...Object.fromEntries(colours.map((rule) => [rule, { enabled: isWide }])),
  }
  await expectNone(page, 'light', { runOnly: { type: 'tag', values: standard }, rules })
  expect(await page.evaluate(faultsOfLayout)).toEqual([])
  if (!isWide) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectNone(page, 'dark', { runOnly: colours })
  await page.emulateMedia({ colorScheme: 'light' })
}

async function expectNone(page: Page, theme: string, rules: AxeOptions): Promise<void> {
  await expect(page.locator('html')).toHaveCSS('color-scheme', theme)
  // Under load a theme may be half there for a moment; what is wrong stays wrong.
  await expect.poll(() => violationsOf(page, rules), { message: theme }).toEqual([])
}

/** What needs scrolling two ways, moves though nothing should, has no name of its own, or is too small to hit. */
function faultsOfLayout(): string[] {
  const seen = <Kind extends Element>(elements: Iterable<Kind>) => [...elements].filter((one) => one.checkVisibility())
  const told = (element: Element) => `${element.tagName} ${element.getAttribute('class')}`
  const faults: string[] = []
  for (const element of seen(document.querySelectorAll('html, main, header, dialog, [role=log]'))) {
    if (element.scrollWidth > element.clientWidth + 1) faults.push(`wider than its place: ${told(element)}`)
  }
  const headings = seen(document.querySelectorAll('h1')).length
  if (headings !== 1 && !document.querySelector('dialog[open]')) faults.push(`${headings} headings of level 1`)
  const isMoving = (one: Animation) => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== 1
  for (const animation of document.getAnimations().filter(isMoving)) {
    faults.push(`moves: ${(animation as CSSAnimation).animationName}`)
  }
  return faults
}

for (const { name, viewport } of [
  { name: '1280 px', viewport: { width: 1280, height: 844 } },
  { name: '360 px', viewport: { width: 360, height: 740 } },
]) {
  test.describe(name, () => {
    test.use({ viewport })

    test('axe finds nothing on any screen, and nothing is cut or wider than the window', async ({ page }) => {
      test.setTimeout(180_000)
      // Colours that change at once are not waited for long.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.goto('/')
      await expect(page.getByRole('button', { name: 'Planning' })).toBeVisible()
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
      for (const place of ['Chats', 'Characters', 'Scenes', 'Lorebooks', 'Connections', 'Settings']) {
        await page.getByRole('link', { name: place, exact: true }).first().click()
        await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
        if (place === 'Characters') await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(9)
        await expectAccessible(page)
      }
      await goWithin(page, '/search?q=the')
      await expect(page.getByRole('list', { name: 'Found' }).getByRole('listitem')).not.toHaveCount(0)
      await expectAccessible(page)
      for (const { address, heading } of [
        { address: '/bin', heading: 'Bin' },
        { address: '/personas', heading: 'Personas' },
        { address: '/lab/taste', heading: 'Taste' },
        { address: '/characters/bundled-scheherazade', heading: 'Scheherazade' },
        { address: '/characters/bundled-scheherazade/edit', heading: 'Scheherazade' },
        { address: '/scenes/none', heading: 'There is no such scene here' },
        { address: '/nowhere', heading: 'There is nothing here' },
      ]) {
        await goWithin(page, address)
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
        await expectAccessible(page)
      }
    })
  })
}

/** Goes to an address as a link in the page would, without loading the page anew. */
async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), address)
}

test('in the system’s own colours what is chosen and what has the focus can be told, and at 200 % nothing is cut', async ({
  page,
}) => {
  // A window of 1280 × 800 at 200 %.
  await page.setViewportSize({ width: 640, height: 400 })
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await page.goto('/characters')
  await page.getByRole('button', { name: 'Favourites' }).click()
  const ground = (name: string, role: 'link' | 'button') =>
    page
      .getByRole(role, { name, exact: true })
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await ground('Characters', 'link')).not.toBe(await ground('Chats', 'link'))
  expect(await ground('Favourites', 'button')).not.toBe(await ground('New scene', 'button'))
  await page.keyboard.press('Tab')
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)
  expect(ring).not.toBe('none')
  expect(await page.evaluate(faultsOfLayout)).toEqual([])

  await page.goto('/')
  const layers = page.getByRole('radiogroup', { name: 'Layers' })
  const groundOf = (label: string) =>
    layers.getByText(label).evaluate((element) => getComputedStyle(element).backgroundColor)
  await expect(layers).toBeVisible()
  expect(await groundOf('Words')).not.toBe(await groundOf('+ Planning'))
  expect(await page.evaluate(faultsOfLayout)).toEqual([])
  // What has the focus is not under the bar or the composer.
  await replyEnded(page)
  await page.getByRole('textbox', { name: 'Message' }).focus()
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Shift+Tab')
    const isObscured = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused.matches('[role=log], body')) return false
      const { left, top, width, height } = focused.getBoundingClientRect()
      const above = document.elementFromPoint(left + width / 2, top + height / 2)
      return (
        !above || !(focused.contains(above) || above.contains(focused) || focused.closest('label')?.contains(above))
      )
    })
    expect(isObscured).toBe(false)
  }
})
