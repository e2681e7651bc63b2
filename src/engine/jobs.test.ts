import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { LocksPort } from '#ports/locks.ts'
import { createJobs, type Work } from './jobs.ts'

/** Names that two tabs share. */
function sharedLocks() {
  const held = new Map<string, (() => void) | undefined>()
  const locks: LocksPort = {
    hold: (name, onAsked) => {
      held.set(name, onAsked)
      return () => held.delete(name)
    },
    isHeld: async (name) => held.has(name),
    ask: (name) => held.get(name)?.(),
  }
  return locks
}

function setup() {
  const storage = createMemoryStorage()
  const locks = sharedLocks()
  let count = 0
  const createId = () => {
    count += 1
    return `j${count}`
  }
  const tab = () => createJobs({ storage, locks, now: () => 1, createId })
  return { storage, tab }
}

const untilStopped: Work = (_job, _journal, signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('a job goes through what it found out and on from there, and is done', async () => {
  const { storage, tab } = setup()
  const jobs = tab()
  const id = await jobs.create('judge', 'Mine', { of: 3 })
  const steps: string[] = []
  const work =
    (until: number): Work =>
    async (job, journal) => {
      expect(job.plan).toEqual({ of: 3 })
      for (let step = 1; step <= 3; step += 1) {
        if (step > until) throw new Error('Broke')
        if (journal.get(`s${step}`) === undefined) {
          steps.push(`s${step}`)
          await journal.append(`s${step}`, step)
        }
      }
    }
  await expect(jobs.run(id, work(2))).rejects.toThrow('Broke')
  expect((await storage.get('jobs', id))?.state).toBe('paused')
  expect(await jobs.run(id, work(3))).toBe('done')
  expect(steps).toEqual(['s1', 's2', 's3'])
  expect((await storage.get('jobs', id))?.state).toBe('done')
  expect((await storage.recordsOf(id)).map(({ key }) => key)).toEqual(['s1', 's2', 's3'])
})

test('one tab is at it, another is told so and can pause it', async () => {
  const { storage, tab } = setup()
  const [one, other] = [tab(), tab()]
  const id = await one.create('judge', 'Mine', null)
  const run = one.run(id, untilStopped)
  await expect.poll(() => storage.get('jobs', id)).toMatchObject({ state: 'running' })
  expect(await one.run(id, untilStopped)).toBe('elsewhere')
  expect(await other.run(id, untilStopped)).toBe('elsewhere')
  other.pause(id)
  expect(await run).toBe('paused')
  expect((await storage.get('jobs', id))?.state).toBe('paused')
})

test('a job that was removed comes back, one that was erased leaves nothing', async () => {
  const { storage, tab } = setup()
  const jobs = tab()
  const id = await jobs.create('judge', 'Mine', null)
  await jobs.run(id, (_job, journal) => journal.append('a', 1))
  const undo = await jobs.remove(id)
  expect((await storage.get('jobs', id))?.deletedAt).toBe(1)
  await undo()
  expect(await storage.get('jobs', id)).not.toHaveProperty('deletedAt')
  await jobs.erase(id)
  expect([await storage.get('jobs', id), await storage.recordsOf(id)]).toEqual([undefined, []])
})
