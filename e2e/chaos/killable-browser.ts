import { kill } from 'node:process'
import { type BrowserContext, chromium, type Page, type TestInfo } from '@playwright/test'

/** An address of the origin at which its database is, and no app that opens it. */
export const besideTheApp = '/icon.svg'

export interface KillableBrowser {
  readonly context: BrowserContext
  readonly page: Page
  /** Ends every process of the browser at once, and resolves when they are gone. No page can notice. */
  readonly murder: () => Promise<void>
  /** Holds every process of it, as a machine does that is shut; the network goes on without it. */
  readonly sleep: () => void
  readonly wake: () => void
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
    signalGroup(browser.id, 'SIGKILL')
    await closed
  }
  return {
    context,
    page,
    murder,
    sleep: () => signalGroup(browser.id, 'SIGSTOP'),
    wake: () => signalGroup(browser.id, 'SIGCONT'),
  }
}

/** The browser leads a group of its own where there are such; elsewhere its children die of its death. */
function signalGroup(id: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  try {
    kill(-id, signal)
  } catch {
    kill(id, signal)
  }
}
