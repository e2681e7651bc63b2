import { spawnSync } from 'node:child_process'
import { getuid, platform } from 'node:process'
import { runnerImport } from 'vite'

/**
 * Makes sure there is a Chromium to test with: one that is found, else Playwright's own download, else (on Debian and
 * its kin, as root) the system's package. Fails with a sentence where none can be had.
 */
export async function installBrowser() {
  if (await isThere()) return
  console.log('No Chromium found; installing one.')
  spawnSync('npx playwright install chromium', { shell: true, stdio: 'inherit' })
  if (await isThere()) return
  if (platform === 'linux' && getuid?.() === 0) {
    const install = 'apt-get install -y -qq'
    spawnSync(`apt-get update -qq && (${install} chromium-headless-shell || ${install} chromium)`, {
      shell: true,
      stdio: 'inherit',
    })
    if (await isThere()) return
  }
  throw new Error(
    'No Chromium could be found or installed. Run `npx playwright install chromium`, or install Chromium or Chrome, or set CHROMIUM_PATH.',
  )
}

async function isThere() {
  const { module } = await runnerImport('./scripts/browser.ts')
  return module.findBrowser().found
}
