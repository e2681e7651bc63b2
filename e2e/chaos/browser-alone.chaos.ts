import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'
import { expect, test } from '../journey.ts'
import { besideTheApp, openKillableBrowser } from './killable-browser.ts'

const kills = Number(process.env['CHAOS_KILLS'] ?? 150)

test('a browser that is killed while it writes loses databases by itself, and none with a fresh log', async ({
  baseURL,
}, info) => {
  const lostAsItIs = await killAgain(false)
  const lostWithFreshLog = await killAgain(true)
  console.log(JSON.stringify({ chaos: 'browser alone', kills, lostAsItIs, lostWithFreshLog }))
  expect(lostWithFreshLog).toBe(0)

  /** How often the row that was written first of all was gone. */
  async function killAgain(hasFreshLog: boolean): Promise<number> {
    const profile = mkdtempSync(join(tmpdir(), 'subtext-chaos-'))
    let lost = 0
    for (let kill = 0; kill < kills; kill += 1) {
      if (!(await writeUntilKilled(profile, `${baseURL}${besideTheApp}`, hasFreshLog, info)) && kill > 0) lost += 1
    }
    rmSync(profile, { recursive: true, force: true })
    return lost
  }
})

async function writeUntilKilled(
  profile: string,
  address: string,
  hasFreshLog: boolean,
  info: TestInfo,
): Promise<boolean> {
  const { page, murder } = await openKillableBrowser(profile, info)
  await page.goto(address)
  const wasThere = await writeWithoutEnd(page, hasFreshLog)
  await page.waitForTimeout(150 + Math.random() * 400)
  await murder()
  return wasThere
}

/** Tells whether the first row of an earlier time was there, and leaves the page writing. */
function writeWithoutEnd(page: Page, hasFreshLog: boolean): Promise<boolean> {
  return page.evaluate(async (hasLog) => {
    const settled = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    if (hasLog) {
      // As adapters/fresh-log.ts does.
      const scratch = await settled(indexedDB.open('scratch'))
      scratch.close()
      await settled(indexedDB.deleteDatabase('scratch'))
    }
    const opening = indexedDB.open('alone', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
    const database = await settled(opening)
    const first = await settled(database.transaction('rows').objectStore('rows').get('first'))
    const write = async (rows: readonly (readonly [string, string])[]) => {
      const writing = database.transaction('rows', 'readwrite')
      for (const [key, row] of rows) writing.objectStore('rows').put(row, key)
      await new Promise((resolve) => writing.addEventListener('complete', resolve))
    }
    await write([['first', 'here']])
    const more = async () => {
      for (let round = 0; ; round += 1) {
        await write(Array.from({ length: 600 }, (_, row) => [`${round % 3} ${row}`, `${round} ${'x'.repeat(500)}`]))
      }
    }
    void more()
    return first === 'here'
  }, hasFreshLog)
}
