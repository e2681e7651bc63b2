import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import { castScene, foundIn } from '#core/prompt/cast-scene.test-kit.ts'
import { agreementOf, bothVerdicts } from './agreement.ts'
import { playBracket } from './bracket.ts'
import { judgeCaseOf } from './judge-case.ts'
import { judgePrompt } from './judge-prompt.ts'
import { judgeCaseOfRow, readPairRow } from './pair-row.ts'
import type { Judgement, Preference } from './preference.ts'
import { createPrinciple, mergeCatalogues, readCatalogue, writeCatalogue } from './principle.ts'
import { readJudgement } from './read-judgement.ts'
import { rewardRows, type SettledPair } from './reward-rows.ts'
import { comparisonsWon, judgeFigures, settle } from './settle.ts'
import { annaId, answerOf, asked, duo, takeOf } from './taste.test-kit.ts'

const take = (id: string, words: string) =>
  takeOf(
    id,
    '1',
    `<system_thinking>PLAN${id}</system_thinking>Anna: <role_thinking>THOUGHT${id}</role_thinking>${words}`,
  )
const two = [take('2', 'Anna.'), take('3', 'Who asks?')] as const
const shown = judgeCaseOf({ character: annaId, cast: duo, path: [asked] }, two)

describe('the judge’s prompt', () => {
  test('is the context, and both candidates with name and thoughts and without planning', () => {
    const prompt = judgePrompt(shown)
    expect(prompt).toContain('**Response Candidate 1**\nAnna: <role_thinking>THOUGHT2</role_thinking>Anna.')
    expect(prompt).toContain('**Response Candidate 2**\nAnna: <role_thinking>THOUGHT3</role_thinking>Who asks?')
    expect(prompt).toContain('System: You are Anna.')
    expect(prompt).toMatch(/User: ===Conversation Start===\n\nClara: Who are you\?\n\n\*\*Response/)
    expect(prompt).not.toContain('PLAN')
  })

  test('drops a last message that is no user’s', () => {
    const goesOn = judgeCaseOf({ character: annaId, cast: duo, path: [asked, take('2', 'Anna.')] }, [
      takeOf('4', '2', 'So.'),
      takeOf('5', '2', 'Well?'),
    ])
    expect(goesOn.context.at(-1)?.role).toBe('assistant')
    expect(judgePrompt(goesOn)).not.toContain('THOUGHT2')
  })

  test('has the catalogue where there is one', () => {
    const principle = createPrinciple({
      name: 'Cold hands',
      dimension: 'details and description',
      polarity: 'negative',
      level: 'session',
      definition: 'Forgets the weather.',
    })
    expect(judgePrompt(shown, { catalogue: [principle] })).toMatch(
      /<principles>[^<]*"Details & Description"[^<]*Forgets the weather[^<]*<\/principles>/,
    )
    expect(judgePrompt(shown)).not.toContain('<principles>')
    expect(judgePrompt(shown, { thinksFirst: true })).toContain('inside of <think>')
  })

  test('holds what the speaker may know and their thoughts: no planning, and nobody else’s thought', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(castScene, fc.nat(), ({ cast, turns, secrets }, choice) => {
        const tree = createTree(turns)
        const own = turns.filter(
          ({ speaker }) => speaker.kind === 'character' && speaker.characterId !== cast.userPlays,
        )
        const chosen = own[choice % Math.max(1, own.length)]
        if (chosen?.speaker.kind !== 'character') return
        const character = chosen.speaker.characterId
        const moment = { character, cast, path: pathTo(tree, chosen.parentId) }
        const prompt = judgePrompt(judgeCaseOf(moment, [chosen, { ...chosen, raw: 'Other.' }]))
        const found = new Set(foundIn(prompt, secrets))
        for (const { word, kind, thinker } of secrets) {
          if (kind === 'plan' || (kind === 'thought' && thinker !== character)) expect(found.has(word)).toBe(false)
        }
        const its = secrets.filter(({ turnId, kind }) => turnId === chosen.id && kind !== 'plan')
        for (const { word } of its) expect(found.has(word)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a pair of a file', () => {
  const row = (more: object = {}) => ({
    prompt: [
      { role: 'system', content: 'You are Anna. <system_thinking> comes first.' },
      { role: 'user', content: 'Boris: <role_thinking>FOREIGN</role_thinking><role_action>bows</role_action>Hi.' },
      {
        role: 'assistant',
        content: '<system_thinking>PLAN0</system_thinking>Anna: <role_thinking>OWN</role_thinking>Hm.',
      },
      { role: 'user', content: 'Boris: Well?' },
    ],
    cand_1: '<system_think>PLAN1</system_thinking>Anna: <role_thinking>T1</role_thinking>Go.',
    cand_2: 'Anna: <long_role_thinking>LONG</long_role_thinking><role_action>nods</role_action>Stay.',
    ...more,
  })
  const read = (value: object) => readPairRow(JSON.stringify(value))

  test('is shown without planning, foreign thoughts and long thoughts', () => {
    const pair = read(row({ human: 'cand_2' }))
    if (!pair.ok) throw new Error(pair.error.sentence)
    expect(pair.value.row.human).toBe('cand_2')
    const { context, candidates } = judgeCaseOfRow(pair.value.row)
    expect(candidates).toEqual([
      'Anna: <role_thinking>T1</role_thinking>Go.',
      'Anna: <role_action>nods</role_action>Stay.',
    ])
    expect(JSON.stringify(context)).not.toMatch(/PLAN|FOREIGN/)
    expect(JSON.stringify(context)).toContain('OWN')
    expect(context[0]?.content).toContain('<system_thinking> comes first.')
  })

  test('that lacks something says what', () => {
    expect(readPairRow('{').ok).toBe(false)
    for (const broken of [{ prompt: [{ role: 'x', content: '' }] }, { cand_1: 3 }, { prompt: undefined }]) {
      expect(read(row(broken)).ok).toBe(false)
    }
  })

  test('never shows planning, whatever its tag is called and wherever it stands', () => {
    const names = ['system_thinking', 'System Thinking', 'system_think', 'think', 'thinking', 'thought']
    const tag = fc.constantFrom(...names)
    const words = fc.constantFrom('Anna: ', 'Go. ', '<role_action>nods</role_action>', '\n', '')
    fc.assert(
      fc.property(tag, tag, words, words, fc.boolean(), (open, close, before, after, closes) => {
        const text = `${before}<${open}>CANARY${closes ? `</${close}>` : ''}${after}`
        const pair = read(row({ cand_1: text, prompt: [{ role: 'user', content: text }] }))
        if (!pair.ok) throw new Error(pair.error.sentence)
        expect(judgePrompt(judgeCaseOfRow(pair.value.row))).not.toContain('CANARY')
      }),
    )
  })
})

describe('a judge’s answer', () => {
  const better = answerOf('cand_2', ['cand_2', 'cand_1', 'tie'])

  test('is read with its wrapper, without it, in a fence, behind thinking', () => {
    const { result } = JSON.parse(better) as { result: unknown[] }
    const inner = JSON.stringify(result[0])
    const readings = [
      better,
      inner,
      `\`\`\`json\n${inner}\n\`\`\``,
      `<think>{"better_response": "tie"}</think>\n${better}`,
    ]
    for (const text of readings) {
      const judgement = readJudgement(text, 'a')
      expect(judgement).toMatchObject({ verdict: 'b', read: 'whole', first: 'a', analysis: 'Overall.' })
      expect(judgement.comparisons.map(({ winner }) => winner)).toEqual(['b', 'a', 'tie'])
      expect(judgement.comparisons[0]).toMatchObject({ a: 'one 0', b: 'two 0', level: 'session', chosenFor: 'why 0' })
    }
    expect(readJudgement(better, 'b')).toMatchObject({
      verdict: 'a',
      comparisons: [{ a: 'two 0', b: 'one 0' }, {}, {}],
    })
  })

  test('that is no JSON is looked through for its verdict, the last one counts', () => {
    const spoiled = 'I say "better_response": "cand_1". No: \\ "better_response": "cand_2" }'
    expect(readJudgement(spoiled, 'a').verdict).toBe('b')
    expect(readJudgement('Both are fine.', 'a')).toMatchObject({ read: 'nothing', comparisons: [] })
    expect(readJudgement('{"better_response": "Candidate 1"}', 'b').verdict).toBe('b')
    expect(readJudgement('{"better_response": "either 1 or 2"}', 'b').verdict).toBeUndefined()
  })

  test('is read without a throw, whatever was spoiled in it', () => {
    const spoil = fc.tuple(fc.nat(better.length), fc.nat(40), fc.string({ maxLength: 12 }))
    fc.assert(
      fc.property(fc.array(spoil, { maxLength: 6 }), fc.constantFrom('a', 'b'), (spoils, first) => {
        const text = spoils.reduce((now, [at, cut, put]) => now.slice(0, at) + put + now.slice(at + cut), better)
        const judgement = readJudgement(text, first)
        expect(judgement.read === 'nothing').toBe(judgement.verdict === undefined)
        expect(typeof judgement.analysis).toBe('string')
      }),
      { numRuns: 2000 },
    )
  })
})

const said = (
  first: 'a' | 'b',
  verdict: Judgement['verdict'],
  winners: readonly Judgement['first'][] = [],
): Judgement => ({
  ...readJudgement('', first),
  ...(verdict && { verdict, read: 'whole' }),
  comparisons: readJudgement(
    answerOf(
      'tie',
      winners.map((side) => (side === first ? 'cand_1' : 'cand_2')),
    ),
    first,
  ).comparisons,
})

describe('both orders', () => {
  test('agree, or are a tie that says why', () => {
    expect(settle([said('a', 'b'), said('b', 'b')])).toEqual({ verdict: 'b' })
    expect(settle([said('a', 'a'), said('b', 'b')])).toEqual({ verdict: 'tie', flag: 'position_conflict' })
    expect(settle([said('a', 'a'), said('b', 'tie')])).toEqual({ verdict: 'tie', flag: 'position_conflict' })
    expect(settle([said('a', 'a'), said('b', undefined)])).toEqual({ verdict: 'tie', flag: 'unread' })
    expect(comparisonsWon([said('a', 'a', ['a', 'b', 'b']), said('b', 'b', ['b'])])).toEqual({ a: 1, b: 3 })
  })

  test('come to the same whichever of the two is called a', () => {
    const side = fc.constantFrom('cand_1', 'cand_2', 'tie')
    const swap = { a: 'b', b: 'a', tie: 'tie' } as const
    fc.assert(
      fc.property(side, side, (forth, back) => {
        const one = settle([readJudgement(answerOf(forth, []), 'a'), readJudgement(answerOf(back, []), 'b')])
        const other = settle([readJudgement(answerOf(back, []), 'a'), readJudgement(answerOf(forth, []), 'b')])
        expect(other).toEqual({ ...one, verdict: swap[one.verdict] })
      }),
    )
  })

  test('are counted: conflicts, mixed principles, and whether the first place wins', () => {
    const judged = (...orders: [Judgement, Judgement]) => ({
      by: { kind: 'judge', model: 'm', hadCatalogue: false, orders, ...flagOf(orders) } as const,
    })
    const flagOf = (orders: [Judgement, Judgement]) => {
      const { flag } = settle(orders)
      return flag ? { flag } : {}
    }
    expect(
      judgeFigures([
        judged(said('a', 'a', ['a', 'b']), said('b', 'a', ['a'])),
        judged(said('a', 'a', ['a']), said('b', 'b', ['b'])),
        judged(said('a', 'a'), said('b', undefined)),
      ]),
    ).toEqual({
      judged: 2,
      unread: 1,
      conflicts: { count: 1, of: 2 },
      mixed: { count: 1, of: 4 },
      firstWins: { count: 4, of: 5 },
    })
  })
})

test('agreement is counted, and what chance would give is taken off', () => {
  expect(agreementOf([])).toEqual({ pairs: 0, agreed: 0 })
  expect(agreementOf([['a', 'a']])).toEqual({ pairs: 1, agreed: 1 })
  // Worked out by hand: agreed 3 of 4; by chance .5 × .75 + .5 × .25 = .5.
  const figures = agreementOf([
    ['a', 'a'],
    ['a', 'a'],
    ['b', 'b'],
    ['b', 'a'],
  ])
  expect(figures).toEqual({ pairs: 4, agreed: 3, kappa: 0.5 })
  const mine = (verdict: 'a' | 'b', createdAt: number) =>
    ({ a: '2', b: '3', verdict, createdAt, by: { kind: 'human', first: 'a', shown: 'words' } }) as unknown as Preference
  expect(bothVerdicts([mine('a', 1), mine('b', 2)], [mine('a', 5)])).toEqual([['b', 'a']])
  expect(bothVerdicts([], [mine('a', 5)])).toEqual([])
})

test('a bracket has n - 1 matches, whatever n is, and the best of a fixed order wins', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(), { maxLength: 20 }), async (entrants) => {
      const { winner, matches } = await playBracket(entrants, async (one, other) => Math.max(one, other))
      expect(winner).toBe(entrants.length === 0 ? undefined : Math.max(...entrants))
      expect(matches.filter(({ other }) => other !== null)).toHaveLength(Math.max(0, entrants.length - 1))
    }),
  )
})

test('a catalogue goes out and in again, and twice is once', () => {
  const text = fc.string({ maxLength: 20 })
  const principle = fc
    .record({
      name: text.filter((name) => name.trim() !== ''),
      dimension: fc.constantFrom('Narrative & Plot', 'narrative and plot', 'My own', ''),
      polarity: fc.constantFrom('positive' as const, 'negative' as const),
      level: fc.constantFrom('sentence' as const, 'session' as const),
      definition: text,
    })
    .map(createPrinciple)
  fc.assert(
    fc.property(fc.array(principle, { minLength: 1 }), (drafts) => {
      const principles = mergeCatalogues([], drafts)
      const came = readCatalogue(writeCatalogue(principles))
      if (!came.ok) throw new Error(came.error.sentence)
      expect(came.value).toEqual(principles)
      expect(mergeCatalogues(principles, came.value)).toEqual(principles)
    }),
  )
  expect(readCatalogue('[{"name": ""}]').ok).toBe(false)
  expect(readCatalogue('nothing').ok).toBe(false)
  expect(readCatalogue('{"principles": [{"name": "Wit"}]}')).toMatchObject({
    ok: true,
    value: [{ name: 'Wit', polarity: 'positive', level: 'sentence' }],
  })
})

describe('rows for training', () => {
  const preference = (verdict: 'a' | 'b' | 'tie', by: Preference['by']): Preference => ({
    ...({ id: 'p', conversationId: 'chat', parentId: '1', a: '2', b: '3' } as unknown as Preference),
    verdict,
    by,
    principles: [],
    createdAt: 1,
  })
  const human = preference('b', { kind: 'human', first: 'b', shown: 'words' })
  const orders = [
    readJudgement(answerOf('cand_2', ['cand_2', 'cand_1']), 'a'),
    readJudgement(answerOf('cand_1', ['cand_1', 'cand_2']), 'b'),
  ] as const
  const judged = preference('b', { kind: 'judge', model: 'm', hadCatalogue: false, orders })
  const pair: SettledPair = { traceId: 'chat_2_3', shown, preference: human, judged }

  test('of a reward model: both orders, the inner object in a fence, read again as it was said', () => {
    const { rows } = rewardRows('rm_sft', pair)
    expect(rows.map(({ metadata }) => metadata)).toEqual([
      { better_response: 'cand_2', num_principles: 2, source: 'human' },
      { better_response: 'cand_1', num_principles: 2, source: 'human' },
    ])
    for (const [index, row] of rows.entries()) {
      const [prompt, label] = row['messages'] as { role: string; content: string }[]
      const first = index === 0 ? 'a' : 'b'
      expect(prompt?.content).toContain(`**Response Candidate 1**\n${shown.candidates[index]}`)
      expect(label?.content.startsWith('```json\n{\n  "cand_1"')).toBe(true)
      expect(readJudgement(label?.content ?? '', first)).toEqual(orders[index])
    }
  })

  test('of a reward model’s reinforcement and of role-play’s, with the published columns', () => {
    const [row] = rewardRows('rm_rl', pair).rows
    expect(Object.keys(row ?? {})).toEqual(['data_source', 'prompt', 'ability', 'reward_model', 'extra_info'])
    const extra = row?.['extra_info'] as { candidates: Record<string, string>; better_response: string }
    expect(extra.candidates[extra.better_response]).toBe(shown.candidates[1])
    expect(row?.['reward_model']).toEqual({
      answer: extra.better_response,
      problem: '',
      solution: extra.better_response,
      style: 'rule',
    })
    const [play] = rewardRows('roleplay_rl', pair).rows
    const model = play?.['reward_model'] as { answer: string; solution: string }
    expect(model.answer).toBe(shown.candidates[1])
    expect(JSON.parse(model.solution)).toEqual({
      input: JSON.stringify(shown.context),
      ref_answer: shown.candidates[1],
      golden_type: '3',
    })
  })

  test('say why there is none', () => {
    expect(rewardRows('roleplay_rl', { ...pair, preference: preference('tie', human.by) })).toEqual({
      rows: [],
      leftOut: 'tie',
    })
    expect(rewardRows('rm_sft', { ...pair, judged: undefined })).toMatchObject({ leftOut: 'no comparisons' })
    expect(rewardRows('rm_sft', { ...pair, preference: preference('a', human.by) })).toMatchObject({
      leftOut: 'judge disagrees',
    })
  })

  test('of our own are read again by the judge’s command', () => {
    const [row] = rewardRows('pairs', pair).rows
    const came = readPairRow(JSON.stringify(row))
    if (!came.ok) throw new Error(came.error.sentence)
    expect(came.value.row).toMatchObject({ human: 'cand_2', better_response: 'cand_2', trace_id: 'chat_2_3' })
    expect(judgeCaseOfRow(came.value.row)).toEqual(shown)
    expect(came.value.rest['judge']).toMatchObject({ model: 'm', order: 'both', conflict: false })
  })
})
