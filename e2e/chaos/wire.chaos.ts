import type { Turn } from '../../src/core/conversation/turn.ts'
import { chatTest, expect, lastStored, lastTurn, test } from '../journey.ts'
import { judgeTurn } from './judge-wire.ts'
import { playMany } from './play-many.ts'
import { planWire } from './wire-plan.ts'

const seed = process.env['CHAOS_SEED'] ?? String(Date.now())
const runs = Number(process.env['CHAOS_RUNS'] ?? 1000)
const runsInPage = Number(process.env['CHAOS_PAGE_RUNS'] ?? 60)

test('the engine and its client, over HTTP', async () => {
  const startedAt = Date.now()
  const { problems, tries, stalls } = await playMany(seed, runs, 8)
  const figures = { tries, stalls: stalls.length, latestStallMs: Math.round(Math.max(0, ...stalls)) }
  const tookS = Math.round((Date.now() - startedAt) / 1000)
  console.log(JSON.stringify({ chaos: 'wire', seed, runs, ...figures, tookS, problems: problems.length }))
  expect(problems).toEqual([])
})

chatTest('the page, over HTTP', async ({ page, modelServer }) => {
  const startedAt = Date.now()
  const problems: string[] = []
  let tries = 0
  for (let index = 0; index < runsInPage; index += 1) {
    const plan = planWire(`${seed}-page-${index}`)
    for (const [number, tried] of plan.tries.entries()) {
      // The page's limit is a minute: what falls silent is stopped by hand here.
      const isSilent = tried.behaviour.fault === 'stall'
      const { retryAfter: _wait, fault, ...others } = tried.behaviour
      // Where the preflight is refused no request follows: it is gone through in Node.
      const behaviour = { ...others, ...(fault && { fault: fault === 'nocors' ? ('hangup' as const) : fault }) }
      const before = number === 0 ? undefined : await lastStored(page)
      modelServer.forget()
      modelServer.next(behaviour)
      const say = (problem: string) => problems.push(`${plan.seed}, ${JSON.stringify(behaviour)}: ${problem}`)
      if (!before || before.ending === 'complete') {
        await page.getByRole('textbox', { name: 'Message' }).fill(`Message ${index}.${number}`)
        await page.getByRole('button', { name: 'Send' }).click()
        await expect(page.getByRole('article').getByText(`Message ${index}.${number}`, { exact: true })).toBeVisible()
      } else {
        const goesOn = lastTurn(page).getByRole('button', { name: 'Continue' })
        const again = lastTurn(page).getByRole('button', { name: 'Retry' })
        await expect(goesOn.or(again).first()).toBeVisible()
        const mayGoOn = tried.ask === 'goOn' && (await goesOn.isVisible())
        await (mayGoOn || !(await again.isVisible()) ? goesOn : again).click()
      }
      tries += 1
      const asked = () => modelServer.generations()[0]
      await expect.poll(asked, { intervals: [10] }).toBeDefined()
      const stop = page.getByRole('button', { name: 'Stop' })
      if (isSilent || tried.stopAfterMs !== undefined) {
        await page.waitForTimeout(tried.stopAfterMs ?? 400)
        await stop.click({ timeout: 1000 }).catch(() => undefined)
      }
      await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
      await expect.poll(async () => (await lastStored(page))?.ending).not.toBe('draft')
      const turn = await lastStored(page)
      // Where a connection that was kept open is closed before a byte, the browser itself asks once more.
      const isAskedTwice = modelServer.generations().length > 1
      const request = modelServer.generations().at(-1)
      const played = isAskedTwice ? {} : behaviour
      if (!turn || !request) {
        say('there is no turn')
        continue
      }
      const went = request.body?.messages?.at(-1)
      const prefill = went?.role === 'assistant' ? went.content : ''
      const begun = turn.id === before?.id ? before.raw : ''
      // Of a reset connection a browser may lose what it had not read.
      const came = { status: request.answer.status(), bytes: request.answer.bytes() }
      const looked = behaviour.fault === 'drop' || isSilent ? asStopped(turn) : turn
      for (const problem of judgeTurn({
        tried: { ...tried, behaviour: played },
        came,
        prefill,
        before: begun,
        turn: looked,
      })) {
        say(problem)
      }
      const notes = await lastTurn(page).getByRole('alert').count()
      if (turn.ending === 'failed' && notes === 0) say('the page says nothing of it')
      if (number === plan.tries.length - 1 && turn.ending !== 'complete') say(`a try without a fault is ${turn.ending}`)
    }
  }
  const tookS = Math.round((Date.now() - startedAt) / 1000)
  console.log(
    JSON.stringify({ chaos: 'wire in the page', seed, runs: runsInPage, tries, tookS, problems: problems.length }),
  )
  expect(problems).toEqual([])
})

/** A turn of which only a part of what was sent need be there. */
function asStopped({ failure: _failure, ...turn }: Turn): Turn {
  return { ...turn, ending: 'stopped' }
}
