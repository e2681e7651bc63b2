import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const require = createRequire(import.meta.url)
const source = readFileSync(require.resolve('axe-core'), 'utf8')

/** What axe is asked for; all of its rules where nothing is said. */
export interface AxeOptions {
  readonly runOnly?: readonly string[] | { readonly type: 'tag'; readonly values: readonly string[] }
  readonly rules?: Readonly<Record<string, { readonly enabled: boolean }>>
}

/**
 * What axe finds on a page, each with the elements it is about. It is put into the page once: its builder for Playwright
 * puts it in each time, and opens another page for what it found.
 */
export async function violationsOf(page: Page, options: AxeOptions = {}): Promise<string[]> {
  // Colours on their way from one theme to the other are those of neither.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return page.evaluate(async (asked) => {
    interface Violation {
      readonly id: string
      readonly nodes: readonly { readonly html: string }[]
    }
    const { axe } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: readonly Violation[] }> }
    }
    const quick = { resultTypes: ['violations'], preload: false, iframes: false }
    const { violations } = await axe.run(document, { ...asked, ...quick })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  }, options)
}
