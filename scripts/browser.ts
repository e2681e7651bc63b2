import { existsSync } from 'node:fs'
import { env, platform } from 'node:process'
import { chromium } from 'playwright'

/** Flags that keep a headless browser quiet and let it run as root. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

const systemBrowsers: Readonly<Record<string, readonly string[]>> = {
  linux: [
    // The same engine without windows: the journeys take two thirds of the time.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
    .map((name) => env[name])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
      `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ]),
}

export type Browser =
  | { readonly found: true; readonly launchOptions: { executablePath?: string; args: string[] } }
  | { readonly found: false }

/**
 * Which Chromium the tests drive: `CHROMIUM_PATH`, else Playwright's own build, else one of the system
 * (Chrome, Chromium, Edge). Throws when `CHROMIUM_PATH` names a file that is not there.
 */
export function findBrowser(): Browser {
  const wanted = env['CHROMIUM_PATH']
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH=${wanted} does not exist`)
    return { found: true, launchOptions: { executablePath: wanted, args } }
  }
  if (existsSync(chromium.executablePath())) return { found: true, launchOptions: { args } }
  const path = (systemBrowsers[platform] ?? []).find((candidate) => existsSync(candidate))
  return path ? { found: true, launchOptions: { executablePath: path, args } } : { found: false }
}
