import { navigate } from 'wouter/use-browser-location'
import { handOver } from './hand-over.ts'

/** How the system opened the installed app: with files, or at the address of a shortcut. */
interface Launch {
  readonly targetURL?: string
  readonly files?: readonly { getFile(): Promise<File> }[]
}

declare global {
  interface Window {
    readonly launchQueue?: { setConsumer(consumer: (launch: Launch) => void): void }
  }
}

/** Takes what the system opens with the app: now, and while it is open, in this same window. */
export function takeLaunches(openedAt: string | undefined, open: (address: URL) => void): void {
  let isFirst = true
  window.launchQueue?.setConsumer(({ targetURL, files = [] }) => {
    const isThisPage = isFirst && targetURL === openedAt
    isFirst = false
    if (files.length > 0) void Promise.all(files.map((file) => file.getFile())).then(handOver)
    else if (targetURL && !isThisPage) open(new URL(targetURL))
  })
}

/** Goes to an address of the app without leaving the page. */
export function goTo({ href, pathname }: URL): void {
  // Whoever calls the open app itself wants it as it is.
  if (pathname !== import.meta.env.BASE_URL) navigate(href)
}
