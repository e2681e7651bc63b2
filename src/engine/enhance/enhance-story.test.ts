import { describe, expect, test } from 'vitest'
import { parseReply } from '#core/her/parse.ts'
import type { JsonValue } from '#core/job.ts'
import { everyStage, enhanceStory as tell } from '#core/training/enhance/enhance.test-kit.ts'
import { isSound } from '#core/training/enhance/enhanced.ts'
import type { Journal } from '#ports/journal.ts'
import type { ModelPart, ModelPort, ModelRequest } from '#ports/model.ts'
import { generateReply } from '../../../e2e/model-server/reply.ts'
import { createCalls } from '../calls/create-calls.ts'
import { type EnhanceRun, enhanceStory } from './enhance-story.ts'

const never = new AbortController().signal

/** A teacher that knows its work, but where it is told to say something else. */
function setup(odd: (request: ModelRequest, index: number) => string | undefined = () => undefined) {
  const requests: ModelRequest[] = []
  const records = new Map<string, JsonValue>()
  const journal: Journal = {
    get: (key) => records.get(key),
    append: async (key, value) => void records.set(key, value),
  }
  const model: ModelPort = {
    stream: async function* (request): AsyncGenerator<ModelPart> {
      const index = requests.push(request) - 1
      await Promise.resolve()
      const { planning, rest } = generateReply(request.messages, '', {})
      yield { type: 'text-delta', text: odd(request, index) ?? planning + rest }
      yield { type: 'stream-end', finishReason: 'stop', promptTokens: 10, completionTokens: 5 }
    },
    describe: () => ({ url: '', body: '', hasKey: false, prefilled: false }),
    count: async () => undefined,
  }
  const run = (more: Partial<EnhanceRun> = {}) => {
    const calls = createCalls({
      models: [model],
      journal,
      mostAtOnce: 4,
      now: () => 0,
      wait: async () => {},
      random: () => 0.5,
    })
    return enhanceStory(tell(), everyStage, { ask: calls.ask, signal: never, ...more })
  }
  return { run, requests, records }
}

const textOf = ({ messages }: ModelRequest) => messages.map(({ content }) => content).join('\n')
const isThoughts = (request: ModelRequest) => textOf(request).includes('origin_id values, and no others')
const isPlans = (request: ModelRequest) => textOf(request).includes('"revised_sys_thinking"')

describe('a story', () => {
  test('gets thoughts and plans where it lacked them, and keeps every word that was said', async () => {
    const { run, requests } = setup()
    const { turns, characters, problems } = await run()
    expect(problems).toEqual([])
    expect(turns.map(({ place, stages, problems }) => ({ place, stages, problems }))).toEqual([
      { place: 1, stages: ['S2', 'S3a', 'S3b'], problems: [] },
      { place: 4, stages: ['S2', 'S3a', 'S3b'], problems: [] },
    ])
    expect(turns.flatMap(({ findings }) => findings.filter(({ weight }) => weight === 'wrong'))).toEqual([])
    expect(turns.every(isSound)).toBe(true)
    for (const { raw } of turns) {
      expect(raw).toMatch(/^<system_thinking>Anna stands[^<]*<\/system_thinking>\S/)
      expect(parseReply(raw).segments.map(({ layer }) => layer)).toContain('role_thinking')
    }
    expect(turns[1]?.raw).toContain('It is only numbers.')
    expect(characters).toMatchObject([
      {
        name: 'Anna',
        before: { turns: 2 },
        after: { turns: 2 },
        setting: { fields: { character_profile: 'A clerk. Keeps a steady voice.' } },
      },
    ])
    // One for all thoughts, a draft for each turn, one for all plans, the scenario and Anna's setting.
    expect(requests).toHaveLength(6)
  })

  test('begun again with its journal it comes to the same end and asks nothing', async () => {
    const { run, requests } = setup()
    const first = await run()
    const asked = requests.length
    expect(await run()).toEqual(first)
    expect(requests).toHaveLength(asked)
  })

  test('killed anywhere and gone on with, it comes to the same end and repeats no finished call', async () => {
    const whole = await setup().run()
    for (let at = 1; at <= 6; at += 1) {
      const { run, requests, records } = setup()
      const aborter = new AbortController()
      const stopped = run({ signal: aborter.signal }).catch((error: unknown) => error)
      while (requests.length < at) await Promise.resolve()
      aborter.abort()
      await stopped
      const finished = records.size
      const before = requests.length
      expect(await run()).toEqual(whole)
      expect(requests.length - before).toBe(6 - finished)
    }
  })
})

describe('a teacher that talks nonsense', () => {
  test('is asked once more; what it can’t do stays as it was, with a sentence', async () => {
    const { run, requests } = setup((request) =>
      isThoughts(request) || isPlans(request) ? 'I would rather not.' : undefined,
    )
    const { turns } = await run()
    expect(requests.filter(isThoughts)).toHaveLength(2)
    expect(requests.filter(isPlans)).toHaveLength(2)
    expect(turns.map(({ stages, problems, raw }) => ({ stages, problems, raw }))).toEqual([
      {
        stages: [],
        problems: ['No JSON was found in the answer.', 'No JSON was found in the answer.'],
        raw: 'Good evening, inspector.<role_action>She closes the book.</role_action>',
      },
      {
        stages: [],
        problems: ['No JSON was found in the answer.', 'No JSON was found in the answer.'],
        raw: 'It is only numbers.',
      },
    ])
    expect(turns.some(isSound)).toBe(false)
  })

  test('once is no harm', async () => {
    let isFirst = true
    const { run } = setup((request) => {
      if (!isThoughts(request) || !isFirst) return undefined
      isFirst = false
      return '{"enhanced_dialogues": [{"origin_id": [4], "enhanced_role_think": "<role_thinking>I lie</role_thinking>It is only letters."}'
    })
    const { turns } = await run()
    expect(turns.map(({ stages }) => stages.includes('S2'))).toEqual([true, true])
    expect(turns[1]?.raw).toContain('It is only numbers.')
  })

  test('that changes what was said is not heeded', async () => {
    const { run } = setup((request) =>
      isThoughts(request)
        ? '[{"origin_id": 1, "enhanced_role_think": "<role_thinking>I know her</role_thinking>Good evening, inspector."}, {"origin_id": 4, "enhanced_role_think": "<role_thinking>I lie</role_thinking>It is all in the drawer."}]'
        : undefined,
    )
    const { turns } = await run()
    expect(turns[1]).toMatchObject({
      stages: ['S3a', 'S3b'],
      problems: ['The teacher changed what was said or nested its tags, so the turn’s own words stay.'],
    })
    expect(turns[1]?.raw).toMatch(/<\/system_thinking>It is only numbers\.$/)
  })
})

test('a turn that is wanted once more is asked for by itself', async () => {
  const { run, requests } = setup()
  const first = await run()
  const before = requests.length
  const second = await run({ retriesOf: (turnId) => (turnId === first.turns[1]?.turnId ? 1 : 0) })
  const again = requests.slice(before)
  expect(again).toHaveLength(3)
  expect(textOf(again[0] as ModelRequest)).toContain('no others: [4].')
  expect(second.turns[0]).toEqual(first.turns[0])
})
