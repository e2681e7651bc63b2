import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wait } from '#adapters/wait.ts'
import type { TurnId } from '#core/ids.ts'
import { answerOf } from '#core/taste/taste.test-kit.ts'
import { annaId, end, setupChat, text } from '#engine/chat.test-kit.ts'
import { createJobs } from '#engine/jobs.ts'
import { ModelFailure, type ModelRequest } from '#ports/model.ts'
import { exportPreferences } from './export-preferences.ts'
import { judgeRows } from './judge-rows.ts'
import { createTaste } from './taste.ts'
import type { TastePlan } from './taste-plan.ts'

const isForJudge = ({ messages }: ModelRequest) => messages[0]?.content.startsWith('# Role') === true
/** The take that stands first, or second, in what a judge was sent. */
const candidates = ({ messages }: ModelRequest) => {
  const [, first = '', second = ''] = messages[0]?.content.split(/\*\*Response Candidate [12]\*\*\n/) ?? []
  return [first, second] as const
}
/** Says what is longer is better: whatever its place. */
const fair = (request: ModelRequest) => {
  const [first, second] = candidates(request)
  const better = first.trim().length > second.trim().length ? 'cand_1' : 'cand_2'
  return answerOf(better, [better, 'tie'])
}

async function setup(replies: readonly string[], judge: (request: ModelRequest, count: number) => string | Error) {
  const set = await setupChat([], {})
  const sentToJudge: ModelRequest[] = []
  let made = 0
  const openModel: typeof set.openModel = async () => ({
    stream: async function* (request, signal, ready) {
      await ready
      if (signal.aborted) return
      yield { type: 'stream-start', prefilled: request.prefill !== undefined }
      let words: string | Error
      if (isForJudge(request)) {
        sentToJudge.push(request)
        words = judge(request, sentToJudge.length)
      } else {
        const reply: unknown = replies[made % replies.length]
        made += 1
        words =
          reply instanceof Error
            ? reply
            : `PLAN</system_thinking>Anna: <role_thinking>Hm.</role_thinking>${String(reply)}`
      }
      if (words instanceof Error) throw words
      yield text(words)
      yield end()
    },
    describe: () => ({ url: '', body: '', hasKey: false, prefilled: false }),
    count: async () => undefined,
  })
  const dependencies = { ...set, openModel }
  const jobs = createJobs(dependencies)
  const { createChatEngine } = await import('#engine/chat.ts')
  const chat = createChatEngine(dependencies)
  const taste = createTaste({ ...dependencies, jobs, chat, wait: (_ms, signal) => wait(0, signal), random: () => 0.5 })
  const conversationId = await chat.begin(annaId, { kind: 'blank' })
  await chat.send(conversationId, 'Who are you?')
  await set.quiet(conversationId)
  const again = async () => {
    const reply = (await set.shown(conversationId)).at(-1)
    await chat.again(conversationId, reply?.id as TurnId)
    await set.quiet(conversationId)
  }
  const [connection] = await set.storage.list('connections')
  const withJudge = { connectionId: connection?.id, model: 'judge', catalogue: [] } as unknown as TastePlan
  const preferences = () => set.storage.list('preferences')
  return { ...set, chat, taste, conversationId, again, withJudge, sentToJudge, preferences }
}

async function pairsOf(taste: ReturnType<typeof createTaste>) {
  const pairs = []
  for await (const chat of taste.chats()) pairs.push(...chat.pairs)
  return pairs
}

describe('a job of a judge', () => {
  test('judges each pair in both orders, with no planning, and gives a row that says what was said', async () => {
    const { taste, again, withJudge, sentToJudge, preferences } = await setup(['Anna.', 'Who is asking?'], fair)
    await again()
    const pairs = await pairsOf(taste)
    expect(pairs).toHaveLength(1)
    const id = await taste.begin('Mine', { ...withJudge, what: 'pairs', pairs } as TastePlan)
    expect(await taste.run(id)).toBe('done')
    expect(sentToJudge).toHaveLength(2)
    expect(JSON.stringify(sentToJudge)).not.toContain('PLAN')
    const [row] = await preferences()
    expect(row).toMatchObject({ verdict: 'b', by: { kind: 'judge', model: 'judge', hadCatalogue: false } })
    expect(row?.by).not.toHaveProperty('flag')
  })

  test('whose judge prefers the first place, is a tie that is marked', async () => {
    const { taste, again, withJudge, preferences } = await setup(['Anna.', 'Me.'], () => answerOf('cand_1', ['cand_1']))
    await again()
    const id = await taste.begin('', { ...withJudge, what: 'pairs', pairs: await pairsOf(taste) } as TastePlan)
    await taste.run(id)
    expect(await preferences()).toMatchObject([{ verdict: 'tie', by: { flag: 'position_conflict' } }])
  })

  test('asks once more for what it can’t read, and says so where that is no better', async () => {
    const spoiled = (_: ModelRequest, count: number) => (count === 1 ? 'Both are nice.' : answerOf('tie', []))
    const once = await setup(['Anna.', 'Me.'], spoiled)
    await once.again()
    await once.taste.run(
      await once.taste.begin('', { ...once.withJudge, what: 'pairs', pairs: await pairsOf(once.taste) } as TastePlan),
    )
    expect(once.sentToJudge).toHaveLength(3)
    expect(await once.preferences()).toMatchObject([{ verdict: 'tie' }])
    const never = await setup(['Anna.', 'Me.'], () => 'Both are nice.')
    await never.again()
    await never.taste.run(
      await never.taste.begin('', {
        ...never.withJudge,
        what: 'pairs',
        pairs: await pairsOf(never.taste),
      } as TastePlan),
    )
    expect(await never.preferences()).toMatchObject([{ verdict: 'tie', by: { flag: 'unread' } }])
  })

  test('goes on after it was stopped anywhere, and asks nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (stopAt) => {
        const words = ['One.', 'Two two.', 'Three, three.', 'Four four four.']
        let stop = () => {}
        const set = await setup(words, (request, count) => {
          if (count === stopAt) stop()
          return fair(request)
        })
        for (let take = 1; take < words.length; take += 1) await set.again()
        const pairs = await pairsOf(set.taste)
        const id = await set.taste.begin('', { ...set.withJudge, what: 'pairs', pairs } as TastePlan)
        stop = () => set.taste.pause(id)
        expect(await set.taste.run(id)).toBe('paused')
        const asked = set.sentToJudge.map((request) => JSON.stringify(request.messages))
        stop = () => {}
        expect(await set.taste.run(id)).toBe('done')
        const rows = await set.preferences()
        expect(rows.map(({ verdict }) => verdict)).toEqual(['b', 'b', 'b'])
        const records = await set.storage.recordsOf(id)
        expect(records.filter(({ key }) => key.startsWith('pair/'))).toHaveLength(6)
        // What was under way when it was stopped is asked for again; what was answered is not.
        const later = set.sentToJudge.slice(asked.length).map((request) => JSON.stringify(request.messages))
        expect(asked.length + later.length).toBeGreaterThanOrEqual(6)
        expect(new Set(later).size).toBe(later.length)
      }),
      { numRuns: 12 },
    )
  })

  test('says what is in the way, and is paused', async () => {
    const { taste, again, withJudge, storage } = await setup(
      ['Anna.', 'Me.'],
      () => new ModelFailure({ kind: 'unauthorized' } as never),
    )
    await again()
    const id = await taste.begin('', { ...withJudge, what: 'pairs', pairs: await pairsOf(taste) } as TastePlan)
    expect(await taste.run(id)).toMatchObject({ kind: 'unauthorized' })
    expect(await storage.get('jobs', id)).toMatchObject({ state: 'paused' })
  })
})

describe('the best of many takes', () => {
  const words = ['One.', 'Two, two.', 'Three, three, three.', 'Four.', 'Five.']
  const planFor = (set: Awaited<ReturnType<typeof setup>>, turnId: TurnId): TastePlan =>
    ({
      ...set.withJudge,
      what: 'best-of',
      conversationId: set.conversationId,
      turnId,
      draws: 4,
      there: [turnId],
    }) as TastePlan

  test('is the one that is shown then; all stay as takes, and it is known how they met', async () => {
    const set = await setup(words, fair)
    const [reply] = (await set.shown(set.conversationId)).slice(-1)
    const id = await set.taste.begin('', planFor(set, reply?.id as TurnId))
    expect(await set.taste.run(id)).toBe('done')
    const shown = (await set.shown(set.conversationId)).at(-1)
    expect(shown?.raw).toContain('Three, three, three.')
    const all = await set.turnsOf(set.conversationId)
    expect(all.filter(({ parentId }) => parentId === shown?.parentId)).toHaveLength(5)
    const records = await set.storage.recordsOf(id)
    expect(records.filter(({ key }) => key.startsWith('match/'))).toHaveLength(4)
    expect(records.find(({ key }) => key === 'best')?.value).toBe(shown?.id)
    expect(JSON.stringify(set.sentToJudge)).not.toContain('PLAN')
    expect(set.held.size).toBe(0)
  })

  test('is found after a stop as well, and no take is drawn twice', async () => {
    const held: { stop: () => void } = { stop: () => {} }
    const set = await setup(words, (request, count) => {
      if (count === 3) held.stop()
      return fair(request)
    })
    const [reply] = (await set.shown(set.conversationId)).slice(-1)
    const id = await set.taste.begin('', planFor(set, reply?.id as TurnId))
    held.stop = () => set.taste.pause(id)
    expect(await set.taste.run(id)).toBe('paused')
    held.stop = () => {}
    expect(await set.taste.run(id)).toBe('done')
    expect(await set.taste.run(id)).toBe('done')
    const shown = (await set.shown(set.conversationId)).at(-1)
    expect(shown?.raw).toContain('Three, three, three.')
    const all = await set.turnsOf(set.conversationId)
    expect(all.filter(({ parentId }) => parentId === shown?.parentId)).toHaveLength(5)
  })
})

test('where not one take comes the job says why, leaves nothing behind, and can be gone on with', async () => {
  const words: (string | Error)[] = [
    'One.',
    new ModelFailure({ kind: 'cut' }),
    new ModelFailure({ kind: 'cut' }),
    'Two, two.',
  ]
  const set = await setup(words as string[], fair)
  const [reply] = (await set.shown(set.conversationId)).slice(-1)
  const turnId = reply?.id as TurnId
  const plan = {
    ...set.withJudge,
    what: 'best-of',
    conversationId: set.conversationId,
    turnId,
    draws: 2,
    there: [turnId],
  }
  const id = await set.taste.begin('', plan as TastePlan)
  expect(await set.taste.run(id)).toMatchObject({ kind: 'cut' })
  const living = async () => (await set.turnsOf(set.conversationId)).filter(({ deletedAt }) => deletedAt === undefined)
  expect(await living()).toHaveLength(2)
  expect(await set.taste.run(id)).toBe('done')
  expect((await set.shown(set.conversationId)).at(-1)?.raw).toContain('Two, two.')
})

test('what a reader says is kept, given reasons, taken back, and goes out', async () => {
  const { taste, again, preferences, storage } = await setup(['Anna.', 'Me.'], fair)
  await again()
  const [pair] = await pairsOf(taste)
  if (!pair) throw new Error('no pair')
  const said = await taste.answer(pair, { verdict: 'a', first: 'b', shown: 'thoughts' })
  await taste.because(said.id, ['overall-quality'])
  expect(await preferences()).toMatchObject([{ verdict: 'a', principles: ['overall-quality'], by: { kind: 'human' } }])
  const sources = { human: true, judge: true, implicit: true }
  const lines = exportPreferences(storage, 'roleplay_rl', sources)
  const first = await lines.next()
  const row = JSON.parse(String(first.value)) as { reward_model: { answer: string } }
  expect(row.reward_model.answer).toBe('Anna: <role_thinking>Hm.</role_thinking>Anna.')
  expect(String(first.value)).not.toContain('PLAN')
  expect(await lines.next()).toMatchObject({ done: true, value: { pairs: 1, rows: 1, leftOut: {} } })
  await taste.forget(said.id)
  expect((await exportPreferences(storage, 'pairs', sources).next()).done).toBe(true)
})

test('a file of pairs is judged line by line, in its order', async () => {
  const pair = (one: string, two: string) =>
    JSON.stringify({ prompt: [{ role: 'user', content: 'Hi.' }], cand_1: one, cand_2: two, human: 'cand_2', mine: 1 })
  async function* lines() {
    yield pair('<system_thinking>PLAN</system_thinking>Yes, I do.', 'No.')
    yield ''
    yield 'nonsense'
    yield pair('No.', 'Yes, I do.')
  }
  const ask = async (_key: string, request: ModelRequest) => {
    expect(JSON.stringify(request)).not.toContain('PLAN')
    return { kind: 'answered', text: fair(request), reasoning: '', finishReason: 'stop', ms: 1 } as const
  }
  const out = []
  for await (const line of judgeRows({ ask, model: 'm', signal: new AbortController().signal }, lines())) out.push(line)
  expect(out.map(({ kind }) => kind)).toEqual(['judged', 'unreadable', 'judged'])
  const rows = out.flatMap((line) => (line.kind === 'judged' ? [JSON.parse(line.text)] : []))
  expect(rows).toMatchObject([
    { better_response: 'cand_1', mine: 1, human: 'cand_2', judge: { order: 'both', conflict: false } },
    { better_response: 'cand_2' },
  ])
})
