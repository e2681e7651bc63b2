import { kill } from 'node:process'
import { type BrowserContext, chromium, type Page, type TestInfo } from '@playwright/test'

export interface KillableBrowser {
  readonly context: BrowserContext
  readonly page: Page
  /** Ends every process of the browser at once, and resolves when they are gone. No page can notice. */
  readonly murder: () => Promise<void>
}

/** A browser with a profile that outlives it. */
export async function openKillableBrowser(profile: string, { project }: TestInfo): Promise<KillableBrowser> {
  const { launchOptions = {}, baseURL = '', viewport = null } = project.use
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL, viewport })
  const session = await context.browser()?.newBrowserCDPSession()
  const found = await session?.send('SystemInfo.getProcessInfo')
  const browser = found?.processInfo.find(({ type }) => type === 'browser')
  if (!browser) throw new Error('The browser does not tell its process')
  const page = context.pages()[0] ?? (await context.newPage())
  const murder = async () => {
    const closed = new Promise((resolve) => context.once('close', resolve))
    killGroup(browser.id)
    await closed
  }
  return { context, page, murder }
}

/** The browser leads a group of its own where there are such; elsewhere its children die of its death. */
function killGroup(id: number): void {
  try {
    kill(-id, 'SIGKILL')
  } catch {
    kill(id, 'SIGKILL')
  }
}
