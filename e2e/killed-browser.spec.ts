import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKillableBrowser } from './chaos/killable-browser.ts'
import { beginChat, connectTo, expect, lastStored, lastTurn, replyEnded, send, test, turns } from './journey.ts'
import type { RecordedRequest } from './model-server/model-server.ts'

/** What the page begins each reply with, for a server that goes on from words it is given. */
const opened = '<system_thinking>'
const long = `Long.</system_thinking>${'The fog is thick today, and the day is long. '.repeat(160)}`

/** A reply is saved each second; the rest is for a busy machine to bring the words and put them down. */
const savedWithinMs = 2000

function sentBefore({ sent }: RecordedRequest, at: number): string {
  return sent
    .filter((piece) => piece.at <= at)
    .map(({ text }) => text)
    .join('')
}

test('a killed browser loses no message and no word that was saved', async ({ modelServer }, info) => {
  test.slow()
  const profile = mkdtempSync(join(tmpdir(), 'subtext-profile-'))
  const newest = () => modelServer.generations().at(-1)
  let { page, murder } = await openKillableBrowser(profile, info)
  await connectTo(page, modelServer.url, { model: 'her' })
  await beginChat(page)
  const address = page.url()
  modelServer.forget()

  // Killed the moment the request is on the wire: by then the message is on disk.
  modelServer.next({ queue: 60_000 })
  await page.getByRole('textbox', { name: 'Message' }).fill('Tell me everything.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(newest, { intervals: [5] }).toBeDefined()
  await murder()

  ;({ page, murder } = await openKillableBrowser(profile, info))
  await page.goto(address)
  await expect(turns(page).getByText('Tell me everything.', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(lastTurn(page)).toContainText('This reply was interrupted before a word arrived.')
  modelServer.next({ text: long, rate: 60 })
  await lastTurn(page).getByRole('button', { name: 'Retry' }).click()
  await expect(lastTurn(page).getByText(/The fog is thick/)).toBeVisible({ timeout: 15_000 })
  await expect(lastTurn(page).getByText(/\d of \d/)).toHaveCount(0)

  // Killed in the middle of the words.
  await page.waitForTimeout(3000)
  await murder()
  const killedAt = Date.now()
  const streamed = newest()
  const due = streamed ? sentBefore(streamed, killedAt - savedWithinMs) : ''
  expect(due.length).toBeGreaterThan(100)

  ;({ page, murder } = await openKillableBrowser(profile, info))
  await page.goto(address)
  await expect(turns(page).getByText('Tell me everything.', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(lastTurn(page)).toContainText('This reply was interrupted: the page was closed while it was written.')
  const kept = await lastStored(page)
  expect(kept?.ending).toBe('interrupted')
  const raw = kept?.raw ?? ''
  expect(raw.startsWith(opened + due)).toBe(true)
  expect((opened + long).startsWith(raw)).toBe(true)

  modelServer.next({ text: ' And so it ended.' })
  await lastTurn(page).getByRole('button', { name: 'Continue' }).click()
  await expect(lastTurn(page)).toContainText('And so it ended.')
  await replyEnded(page)
  expect(newest()?.body?.messages?.at(-1)).toEqual({ role: 'assistant', content: raw })
  expect(newest()?.body?.messages?.at(-2)?.content).toContain('Tell me everything.')
  await expect.poll(() => lastStored(page)).toMatchObject({ id: kept?.id, raw: `${raw} And so it ended.` })
  await page.context().close()
  rmSync(profile, { recursive: true, force: true })
})

test('a log that ends with half a record, as a killed browser leaves it, costs nothing', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'subtext-profile-'))
  let { page, context } = await openKillableBrowser(profile, test.info())
  await beginChat(page)
  const address = page.url()
  await send(page, 'Before the crash')
  await replyEnded(page)
  await context.close()
  tearLog(profile)

  // What is written now lies behind the half record.
  ;({ page, context } = await openKillableBrowser(profile, test.info()))
  await page.goto(address)
  await send(page, 'After the crash')
  await replyEnded(page)
  await context.close()

  ;({ page, context } = await openKillableBrowser(profile, test.info()))
  await page.goto(address)
  await expect(turns(page).getByText('Before the crash', { exact: true })).toBeVisible()
  await expect(turns(page).getByText('After the crash', { exact: true })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await context.close()
  rmSync(profile, { recursive: true, force: true })
})

/** Puts the head of a record that never came at the end of the browser's log (LevelDB: checksum, length, type). */
function tearLog(profile: string): void {
  const logs = readdirSync(profile, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /IndexedDB.*\.indexeddb\.leveldb.*\.log$/.test(path),
  )
  expect(logs).toHaveLength(1)
  for (const log of logs.map((path) => join(profile, path))) {
    const left = 32_768 - (statSync(log).size % 32_768)
    appendFileSync(log, Buffer.alloc(left < 7 ? left : 0))
    appendFileSync(log, Buffer.from([1, 2, 3, 4, 76, 0, 1]))
  }
}
