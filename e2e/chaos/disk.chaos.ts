import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestInfo } from '@playwright/test'
import { beginChat, connectTo, expect, test } from '../journey.ts'
import type { ModelServer } from '../model-server/model-server.ts'
import { loosePieces, readRows } from './check-database.ts'
import { createDiskActs } from './disk-acts.ts'
import { type DiskAct, type Kill, planKills } from './disk-plan.ts'
import { openKillableBrowser } from './killable-browser.ts'

const seed = process.env['CHAOS_SEED'] ?? String(Date.now())
const count = Number(process.env['CHAOS_KILLS'] ?? 220)
const only = process.env['CHAOS_ACT']

test('a browser that is killed at any moment loses nothing that was there', async ({ modelServer }, info) => {
  const startedAt = Date.now()
  const problems: string[] = []
  const killsByAct: Partial<Record<DiskAct, number>> = {}
  const all = planKills(seed, count).filter(({ act }) => only === undefined || act === only)
  // What takes the database away has a profile of its own.
  for (const kills of [all.filter((kill) => !isBare(kill)), all.filter(isBare)]) {
    await killAgain(kills, modelServer, info, (kill, problem) => {
      problems.push(`${kill.act} ${kill.number}, after ${kill.afterMs} ms: ${problem}`)
      console.log(problems.at(-1))
    })
    for (const { act } of kills) killsByAct[act] = (killsByAct[act] ?? 0) + 1
  }
  const tookS = Math.round((Date.now() - startedAt) / 1000)
  console.log(
    JSON.stringify({ chaos: 'disk', seed, kills: all.length, ...killsByAct, tookS, problems: problems.length }),
  )
  expect(problems).toEqual([])
})

function isBare({ act }: Kill): boolean {
  return act === 'migrate' || act === 'restore' || act === 'seal'
}

async function killAgain(
  kills: readonly Kill[],
  modelServer: ModelServer,
  info: TestInfo,
  say: (kill: Kill, problem: string) => void,
): Promise<void> {
  const [first] = kills
  if (!first) return
  const profile = mkdtempSync(join(tmpdir(), 'subtext-chaos-'))
  let { page, context, murder } = await openKillableBrowser(profile, info)
  let chat = '/'
  if (!isBare(first)) {
    await connectTo(page, modelServer.url, { model: 'her' })
    await beginChat(page)
    chat = new URL(page.url()).pathname
  }
  const acts = createDiskActs(modelServer, chat)
  for (const kill of kills) {
    const { begin, expectAfter } = acts[kill.act](kill)
    try {
      await begin(page)
      await page.waitForTimeout(kill.afterMs)
      await murder()
      const killedAt = Date.now()
      ;({ page, context, murder } = await openKillableBrowser(profile, info))
      for (const problem of await expectAfter(page, killedAt)) say(kill, problem)
      // Of sealed rows it can't be seen what hangs on what.
      if (kill.act === 'seal') continue
      for (const problem of loosePieces(await readRows(page))) say(kill, problem)
    } catch (error) {
      say(kill, String(error).slice(0, 600))
      await murder().catch(() => undefined)
      ;({ page, context, murder } = await openKillableBrowser(profile, info))
    }
  }
  await context.close()
  rmSync(profile, { recursive: true, force: true })
}
