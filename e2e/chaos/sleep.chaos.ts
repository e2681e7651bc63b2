import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginChat, connectTo, expect, lastStored, lastTurn, send, test } from '../journey.ts'
import { openKillableBrowser } from './killable-browser.ts'

/** Longer than the page bears the silence of a server. */
const sleepMs = Number(process.env['CHAOS_SLEEP_MS'] ?? 66_000)

/** What the page begins each reply with, for a server that goes on from words it is given. */
const opened = '<system_thinking>'
const long = `Long.</system_thinking>${'The fog is thick today, and the day is long. '.repeat(80)}`

test('a browser that sleeps longer than a server may be silent loses nothing, and is told of no silence it slept through', async ({
  modelServer,
}, info) => {
  const profile = mkdtempSync(join(tmpdir(), 'subtext-sleep-'))
  const { page, context, sleep, wake } = await openKillableBrowser(profile, info)
  await connectTo(page, modelServer.url, { model: 'her' })
  await beginChat(page)
  const nap = async () => {
    await expect(lastTurn(page).getByText(/The fog is thick/)).toBeVisible()
    sleep()
    await new Promise((resolve) => setTimeout(resolve, sleepMs))
    wake()
  }

  // The server went on meanwhile: all of it is there.
  modelServer.next({ text: long, rate: 30 })
  await send(page, 'Tell me everything.')
  await nap()
  await expect.poll(async () => (await lastStored(page))?.ending, { timeout: 60_000 }).toBe('complete')
  expect((await lastStored(page))?.raw).toBe(opened + long)
  await expect(page.getByRole('alert')).toHaveCount(0)

  // The connection ended meanwhile: that is told, and gone on from.
  modelServer.next({ text: long, rate: 30, fault: 'drop', at: 60_000 }, { text: ' And so it ended.' })
  await send(page, 'And more.')
  await nap()
  await expect.poll(async () => (await lastStored(page))?.ending, { timeout: 60_000 }).toBe('failed')
  const broken = await lastStored(page)
  console.log(JSON.stringify({ chaos: 'sleep', sleepMs, failure: broken?.failure, kept: broken?.raw.length }))
  expect(broken?.failure?.kind).toBe('cut')
  expect((opened + long).startsWith(broken?.raw ?? ' ')).toBe(true)
  await lastTurn(page).getByRole('button', { name: 'Continue' }).click()
  await expect.poll(async () => (await lastStored(page))?.ending).toBe('complete')
  expect((await lastStored(page))?.raw).toBe(`${broken?.raw} And so it ended.`)
  await context.close()
  rmSync(profile, { recursive: true, force: true })
})
