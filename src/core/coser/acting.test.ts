import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActingCall, type ActingOptions, act, type PlayedLine } from './acting.ts'
import { endOfChat } from './actor-prompts.ts'
import { coserCase } from './coser.test-kit.ts'
import { type EvaluationCase, environment, readEvaluationCases } from './evaluation-case.ts'
import { judgedTexts, judgePrompt } from './judge-prompt.ts'
import { presets } from './preset.ts'
import { dimensions } from './rubric.ts'
import { withName, withoutThoughts } from './thoughts.ts'

const [marta, tobias] = ['Marta Quill', 'Old Tobias']
const read = (value: unknown, source: 'motivation-or-thought' | 'published' = 'motivation-or-thought') =>
  readEvaluationCases(value as never, source)
const test1 = read(coserCase).cases[0] as EvaluationCase

type Answer = (call: ActingCall) => string | undefined

function play(options: Partial<ActingOptions>, answer: Answer, of: EvaluationCase = test1) {
  const calls: ActingCall[] = []
  const acting = act(of, { preset: presets['coser-2025-02'], seed: '42', ...options })
  let step = acting.next()
  while (!step.done) {
    calls.push(step.value)
    step = acting.next(answer(step.value))
  }
  return { calls, lines: step.value as PlayedLine[] }
}

const says =
  (next: string): Answer =>
  ({ part, speaker }) =>
    part === 'next-speaker' ? `Reasoning: so.\nNext Speaker: ${next}` : `[${speaker}-SECRET] (nods) Well.`

test('what a reply says over and over is cut, where CoSER’s code does so', () => {
  const reply = 'We must go now, my friend. '.repeat(5)
  const textBy = (model: string, preset = presets['coser-2025-02']) =>
    play({ preset, rounds: 1, models: { actor: model, environment: model } }, () => reply).lines[0]?.text
  expect(textBy('Qwen/Qwen3-32B')).toBe(`${marta}: We must go now, my friend.`)
  expect(textBy('gpt-4o')).toBe(`${marta}: ${reply}`)
  expect(textBy('Qwen/Qwen3-32B', presets['her-2026'])).toBe(reply)
})

describe('a case', () => {
  test('is read as CoSER reads it', () => {
    expect(test1).toMatchObject({
      id: 'The Lamp at Grey Ness-4-0',
      speakers: [marta, tobias, environment],
      majors: [marta, tobias],
    })
    expect(test1.profiles.get(marta)).toBe('Keeper of the light.\n\nMarta has kept the light for nine years.')
    expect(test1.motivations.get(marta)).toBe('MARTA-MOTIVE')
    expect(read(coserCase, 'published').cases[0]?.motivations.size).toBe(0)
  })

  test('what is none is told, and two with one name are told apart', () => {
    const { cases, problems } = read([coserCase, coserCase, 7, {}, { ...coserCase, dialogues: [] }])
    expect(cases.map(({ id }) => id)).toEqual(['The Lamp at Grey Ness-4-0', 'The Lamp at Grey Ness-4-0#2'])
    expect(problems).toHaveLength(3)
  })
})

describe('the loop', () => {
  test('who was chosen acts next; the first speaker of the file opens', () => {
    const { lines } = play({ rounds: 4 }, (call) => says(call.round % 2 ? marta : `**${tobias}**`)(call))
    expect(lines.map(({ speaker }) => speaker)).toEqual([marta, tobias, marta, tobias])
    expect(lines.some(({ drewNext }) => drewNext)).toBe(false)
    expect(lines[0]?.text).toBe('Marta Quill: [Marta Quill-SECRET] (nods) Well.')
  })

  test('the end is an end from the sixth round on; before, somebody is drawn', () => {
    const { lines } = play({}, says(endOfChat))
    expect(lines).toHaveLength(6)
    expect(lines.slice(0, 5).every(({ drewNext }) => drewNext)).toBe(true)
    expect(lines.every(({ speaker }, index) => speaker !== lines[index + 1]?.speaker)).toBe(true)
  })

  test('twenty rounds or ten, or as many as one says', () => {
    expect(play({}, says('random')).lines).toHaveLength(20)
    expect(play({ preset: presets['her-2026'] }, says('random')).lines).toHaveLength(10)
    expect(play({ rounds: 3 }, says('random')).lines).toHaveLength(3)
  })

  test('the same seed draws the same', () => {
    const speakersOf = (seed: string) => play({ seed }, says('random')).lines.map(({ speaker }) => speaker)
    expect(speakersOf('a')).toEqual(speakersOf('a'))
    expect(['b', 'c', 'd'].map(speakersOf)).not.toEqual(['a', 'a', 'a'].map(speakersOf))
  })

  test('no answer is an empty line that counts, and nobody is told of it', () => {
    const { lines, calls } = play({ rounds: 2 }, (call) => (call.part === 'actor' ? undefined : says(tobias)(call)))
    expect(lines[0]).toMatchObject({ text: '', failed: true })
    expect(calls.at(-1)?.messages).toHaveLength(2 + 1)
  })

  test('the book may be followed for some lines', () => {
    const { lines, calls } = play({ continueFrom: 2, rounds: 4 }, says(marta))
    expect(lines.slice(0, 2).map(({ given }) => given)).toEqual([true, true])
    // Whoever stands in the file first opens, even where the book begins with another: as published.
    expect(lines[0]).toMatchObject({ speaker: marta, text: expect.stringContaining('The wind leans on the glass.') })
    // Then it is whoever speaks next in the book, never the one who just did.
    expect(lines[2]?.speaker).not.toBe(lines[1]?.speaker)
    expect(calls[0]?.round).toBe(2)
  })

  test('messages of one role are one in CoSER and stay apart in HER', () => {
    const answer: Answer = (call) => says(call.round === 0 ? environment : marta)(call)
    const [one, other] = (['coser-2025-02', 'her-2026'] as const).map((id) =>
      play({ preset: presets[id], rounds: 3 }, answer),
    )
    const rolesOf = (calls: readonly ActingCall[] | undefined) =>
      calls?.findLast(({ part, speaker }) => part === 'actor' && speaker === marta)?.messages.map(({ role }) => role)
    expect(rolesOf(one?.calls)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(rolesOf(other?.calls)).toEqual(['system', 'user', 'assistant', 'user'])
    const chooser = other?.calls.filter(({ part }) => part === 'next-speaker').at(-1)?.messages
    expect(chooser?.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ])
  })
})

describe('nobody knows another’s thoughts', () => {
  const marks = fc.constantFrom(
    (secret: string) => `[${secret}]`,
    (secret: string) => `[${secret}`,
    (secret: string) => `[one\n${secret} two]`,
    (secret: string) => `[a [${secret}] ${secret}]`,
    (secret: string) => `<role_thinking>${secret}</role_thinking>`,
    (secret: string) => `<role_thinking>${secret}`,
    (secret: string) => `<role_thinking>${secret}</role_thinking`,
    (secret: string) => `<role_thinking>[${secret}] ${secret}</role_thinking>`,
    (secret: string) => `< role think >${secret}</role_think>`,
    (secret: string) => `<think>${secret}</think>`,
    (secret: string) => `<system_thinking>${secret}</system_thinking>`,
    (secret: string) => `<system_thinking>${secret}`,
    (secret: string) => `<role_action>turns</role_action>[${secret}]`,
  )
  const parts = fc.array(
    fc.oneof(
      marks,
      fc.constantFrom(
        () => '(nods)',
        () => 'Well.',
        () => '<role_action>turns</role_action>',
      ),
    ),
    { maxLength: 5 },
  )

  test('in any prompt of a character, the environment, the chooser, and the judge of CoSER', () => {
    fc.assert(
      fc.property(
        fc.array(parts, { minLength: 30, maxLength: 30 }),
        fc.constantFrom(...Object.values(presets)),
        fc.string(),
        (texts, preset, seed) => {
          let made = 0
          const { calls, lines } = play({ preset, seed, rounds: 8 }, (call) => {
            if (call.part === 'next-speaker') return 'random'
            const canary = `CANARY-${call.speaker.replace(/\W/g, '')}`
            return (texts[made++] ?? []).map((part) => part(canary)).join(' ')
          })
          for (const { part, speaker, messages } of calls) {
            const all = messages.map(({ content }) => content).join('\n')
            const own = part === 'actor' ? speaker : ''
            for (const name of [marta, tobias]) {
              if (name !== own) {
                expect(all).not.toContain(`CANARY-${name.replace(/\W/g, '')}`)
                expect(all).not.toContain(`${name.split(' ')[name === marta ? 0 : 1]?.toUpperCase()}-MOTIVE`)
              }
            }
          }
          const texts2 = judgedTexts(test1, lines, preset)
          if (!preset.judgesThoughts) {
            const shown = lines.flatMap(({ speaker }, index) => (speaker === environment ? [] : [texts2.lines[index]]))
            expect(shown.join('\n')).not.toContain('CANARY')
            expect(texts2.reference).not.toContain('THOUGHT')
          }
          for (const dimension of dimensions) {
            expect(judgePrompt(test1, texts2, dimension, preset)[0]?.content).not.toContain('MOTIVE')
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('HER’s judge sees thoughts, in brackets on both sides, and no planning', () => {
    const text =
      '<system_thinking>PLAN</system_thinking>Marta Quill: <role_thinking>He lies</role_thinking><role_action>nods</role_action>Fine.'
    const texts = judgedTexts(test1, [{ speaker: marta, text }], presets['her-2026'])
    expect(texts.simulation).toBe('Marta Quill: [He lies](nods)Fine.')
    expect(texts.reference).toContain('[MARTA-THOUGHT]')
    expect(judgedTexts(test1, [{ speaker: marta, text }], presets['coser-2025-02']).simulation).toBe(
      'Marta Quill: (nods)Fine.',
    )
  })

  test('what is heard is otherwise as it was said', () => {
    expect(withoutThoughts('[a] (b) c [d]\n\n  e')).toBe('(b) c\ne')
    expect(withoutThoughts('Anna: <role_thinking>x</role_thinking><role_action>nods</role_action>Fine.', 'Anna')).toBe(
      'Anna: <role_action>nods</role_action>Fine.',
    )
    expect(withName('(nods) Anna: yes', 'Anna')).toBe('Anna: (nods) Anna: yes')
    expect(withName('(nods)\n Anna： yes', 'Anna')).toBe('(nods)\n Anna： yes')
  })
})

test('the judge is told all it needs, and the placeholder stays in HER’s', () => {
  const texts = judgedTexts(test1, [{ speaker: marta, text: 'Well.' }], presets['coser-2025-02'])
  const [system, user] = judgePrompt(test1, texts, 'Character Fidelity', presets['coser-2025-02'])
  for (const piece of [test1.plotSummary, test1.scenario, '### Marta Quill', texts.reference, 'Knowledge & Background'])
    expect(system?.content).toContain(piece)
  expect(user?.content).toBe('Well.')
  expect(system?.content).not.toContain('{major_characters}')
  expect(judgePrompt(test1, texts, 'Character Fidelity', presets['her-2026'])[0]?.content).toContain(
    '{major_characters}',
  )
})
