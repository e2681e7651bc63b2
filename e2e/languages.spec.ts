import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { expect, replyEnded, test } from './journey.ts'

/** Chooses a language in the settings, by keyboard alone. */
async function choose(page: Page, label: string, key: string, own: string, use: string) {
  await page.goto('/settings')
  const select = page.getByRole('combobox', { name: label })
  await select.focus()
  await page.keyboard.press(key)
  await expect(select.locator('option:checked')).toHaveText(own)
  const reloaded = page.waitForEvent('load')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: use })).toBeFocused()
  await page.keyboard.press('Enter')
  await reloaded
}

async function expectSound(page: Page) {
  expect(await violationsOf(page)).toEqual([])
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
}

test('the interface is read in Arabic from right to left, and in Chinese, with their own plurals and dates', async ({
  page,
}) => {
  await page.goto('/')
  await replyEnded(page)
  const chat = page.url()
  await choose(page, 'Language', 'End', 'العربية', 'Use this language')
  const html = page.locator('html')
  await expect(html).toHaveAttribute('lang', 'ar')
  await expect(html).toHaveAttribute('dir', 'rtl')

  await page.goto(chat)
  const story = page.getByRole('log', { name: 'المحادثة' })
  const planning = story.getByRole('button', { name: /^التخطيط/ }).first()
  // Counts of 3 to 10 and of 103 to 110 have a form of their own, of 11 to 99 another.
  const digits = (await planning.textContent())?.match(/~([\d٠-٩]+)/)?.[1] ?? ''
  const count = Number(digits.replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit))))
  expect(count).toBeGreaterThan(2)
  await expect(planning).toContainText(arabicTokens(count))
  // What was said in English is read from the left, though the page is read from the right.
  await expect(story.locator('[data-layer=speech] p').first()).toHaveCSS('unicode-bidi', 'plaintext')
  await page.getByRole('textbox', { name: 'الرسالة' }).fill('مساء الخير')
  await page.keyboard.press('Enter')
  await replyEnded(page, 'إرسال')
  await expect(story.getByRole('article', { name: 'أنت' })).toContainText('مساء الخير')
  await page.getByRole('button', { name: 'قائمة المحادثة' }).press('Enter')
  await page.getByRole('menuitem', { name: 'الاسم والتفاصيل' }).click()
  await expect(page.getByRole('dialog')).toContainText(
    new Intl.DateTimeFormat('ar', { dateStyle: 'long' }).format(Date.now()),
  )
  await page.keyboard.press('Escape')
  await expectSound(page)
  // The palette knows the export by other words as well; the page it writes goes the way of the interface.
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').fill('تنزيل')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog').filter({ has: page.locator('option[value=book]') })
  await dialog.locator('select').first().selectOption('book')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'حفظ' }).click(),
  ])
  const book = await readFile(await download.path(), 'utf8')
  expect(book).toContain('<html lang="ar" dir="rtl">')
  expect(book).toContain('<h2>المشهد</h2><h2>اليوميات</h2>')

  await choose(page, 'اللغة', 'ArrowUp', '简体中文', 'استخدم هذه اللغة')
  await expect(html).toHaveAttribute('lang', 'zh-Hans')
  await expect(html).toHaveAttribute('dir', 'ltr')
  await page.goto(chat)
  await expect(page.getByRole('log', { name: '对话' }).getByRole('button', { name: /^构思/ }).first()).toContainText(
    /~\d+ 个词元/,
  )
  await expectSound(page)
})

function arabicTokens(count: number): string {
  const form = new Intl.PluralRules('ar').select(count)
  return { zero: 'رمز', one: 'رمز واحد', two: 'رمزان', few: 'رموز', many: 'رمزًا', other: 'رمز' }[form]
}
