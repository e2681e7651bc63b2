import { describe, expect, test } from 'vitest'
import { assemble } from './assemble.ts'
import { askBackward } from './backward-prompt.ts'
import { settingOf } from './character-setting.ts'
import { anna, boris, enhanceStory, everyStage } from './enhance.test-kit.ts'
import { askForward } from './forward-prompt.ts'
import { languageOf } from './language.ts'
import { partsOf } from './part.ts'
import { planTypeOf } from './plan-type.ts'
import { readBackward } from './read-backward.ts'
import { readForward } from './read-forward.ts'
import { readRoleThinking } from './read-role-thinking.ts'
import { readSetting } from './read-setting.ts'
import { askRoleThinking } from './role-thinking-prompt.ts'
import { askSetting } from './setting-prompt.ts'
import type { TeacherRequest } from './teacher-request.ts'

const story = enhanceStory()
const parts = partsOf(story, everyStage)
const [annas] = parts
const jsonOf = ({ messages }: TeacherRequest) => {
  const text = messages.at(-1)?.content ?? ''
  return JSON.parse(text.slice(text.indexOf('\n\n{') + 2)) as Record<string, unknown>
}

describe('what is asked for', () => {
  test('turns that lack it, of characters that models play; the reader’s never', () => {
    expect(parts.map(({ name }) => name)).toEqual(['Anna'])
    expect(annas?.targets.map(({ place }) => place)).toEqual([1, 4])
    const all = partsOf(story, { ...everyStage, turns: 'all' })
    expect(all.map(({ targets }) => targets.map(({ place }) => place))).toEqual([[1, 4], [3]])
    const played = { ...story, cast: { ...story.cast, userPlays: anna } }
    expect(partsOf(played, everyStage)).toEqual([])
  })

  test('role thinking: the documented fields, the others as heard', () => {
    if (!annas) throw new Error('no part')
    const request = askRoleThinking(story, annas, annas.targets, 0)
    const input = jsonOf(request)
    expect(Object.keys(input)).toEqual([
      'book_name',
      'chapter',
      'trace_id',
      'i_chunk',
      'i_p',
      'plot_index',
      'conv_index',
      'scenario',
      'key_characters',
      'dialogues',
    ])
    expect(input['dialogues']).toEqual([
      { character: 'Environment', standard_format: 'Rain runs down the panes.', origin_id: [0] },
      {
        character: 'Anna',
        standard_format: 'Good evening, inspector.<role_action>She closes the book.</role_action>',
        origin_id: [1],
      },
      { character: 'Tom', standard_format: 'Show me the ledger.', origin_id: [2] },
      { character: 'Boris', standard_format: 'Leave her be.', origin_id: [3] },
      { character: 'Anna', standard_format: 'It is only numbers.', origin_id: [4] },
    ])
    expect(JSON.stringify(request)).not.toMatch(/BORIS-|TOM-/)
  })

  test('in Chinese where the story is', () => {
    const told = enhanceStory().path.map((turn) => ({ ...turn, raw: '外面下着雨，她合上了账本。' }))
    if (!annas) throw new Error('no part')
    expect(askRoleThinking({ ...story, path: told }, annas, annas.targets, 0).messages[0]?.content).toContain(
      '第一人称',
    )
    expect(languageOf(['The ledger, 账本, lies open on the desk.'])).toBe('en')
    expect(languageOf(['账本 (ledger) 还开着'])).toBe('zh')
  })

  test('forward: HER’s prompt without a word of planning, ending before the turn', () => {
    const [, target] = annas?.targets ?? []
    if (!annas || !target) throw new Error('no target')
    const { messages } = askForward(story, annas, target, story.path)
    const text = JSON.stringify(messages)
    expect(text).not.toMatch(/system_thinking|System Thinking|BORIS-|only numbers/)
    expect(messages[0]?.content).toMatch(
      /^You are Anna\.[\s\S]*NEXT SINGLE turn[\s\S]*Start your response with "Anna: "\.$/,
    )
    expect(messages.at(-1)?.role).toBe('user')
  })

  test('backward: own turns with their drafts, plan before speech, the others without', () => {
    if (!annas) throw new Error('no part')
    const draft = 'Anna should stall. '.repeat(80)
    const basis = {
      written: new Map([[4, '<role_thinking>I lie</role_thinking>It is only numbers.']]),
      drafts: new Map([[4, draft]]),
    }
    const request = askBackward(story, annas, annas.targets, basis)
    const text = request.messages.at(-1)?.content ?? ''
    const input = JSON.parse(text.slice(text.indexOf('\n\n[\n') + 2)) as Record<string, unknown>[]
    expect(input.map((entry) => entry['dialogue_index'])).toEqual([undefined, 0, 1, 2, 3, 4])
    expect(input[0]).toMatchObject({
      role: 'system_info',
      character_name: 'Anna',
      motivation: 'To keep the ledger.',
      other_character_profiles: { Boris: 'A sailor.', Tom: 'An inspector.' },
    })
    expect(input[2]).toEqual({
      dialogue_index: 1,
      character: 'Anna',
      sys_thinking: '[EMPTY - needs generation]',
      enhanced_speech: 'Anna: Good evening, inspector.<role_action>She closes the book.</role_action>',
      need_revise: true,
    })
    expect(Object.keys(input[5] ?? {})).toEqual([
      'dialogue_index',
      'character',
      'sys_thinking',
      'enhanced_speech',
      'need_revise',
      'target_chars',
    ])
    expect(input[4]).toEqual({
      dialogue_index: 3,
      character: 'Boris',
      enhanced_speech: 'Boris: Leave her be.',
      need_revise: false,
    })
    expect(text).not.toMatch(/BORIS-|TOM-/)
  })

  test('setting: one character’s, or nobody’s', () => {
    const input = jsonOf(askSetting(story, anna))
    expect(input).toMatchObject({
      total_characters: 1,
      characters: { Anna: { motivation: 'To keep the ledger.', motivation_chars: 19 } },
    })
    expect(JSON.stringify(jsonOf(askSetting(story, anna)))).not.toContain('BORIS-')
    expect(jsonOf(askSetting(story, undefined))).toMatchObject({ total_characters: 0, characters: {} })
    expect(JSON.stringify(jsonOf(askSetting(story, boris)))).toContain('BORIS-MOTIVE')
  })
})

describe('what is answered', () => {
  test('role thinking is matched by origin_id, whatever its form, and put in order', () => {
    const answer = `<think>Two turns.</think>Here it is:
\`\`\`json
{"enhanced_dialogues": [
  {"character": "Anna", "origin_id": [4], "enhanced_role_think": "Anna: <role_thinking> He must not look. </role_thinking> <role_thinking>Not now</role_thinking> It is "only" numbers.", "enhanced_reason": "fear"},
  {"origin_id": "1", "enhanced_role_think": "<system_thinking>x</system_thinking>Good evening, inspector."},
  {"origin_id": [2], "enhanced_role_think": "<role_thinking>not asked for</role_thinking>"},
  {"origin_id": [3]}
]}\`\`\``
    const result = readRoleThinking(answer.replace('"only"', "'only'"), [1, 4, 3], 'Anna')
    expect(
      result.ok &&
        [...result.value].map(([place, { segments }]) => [
          place,
          segments.map(({ layer, text }) => `${layer}: ${text}`),
        ]),
    ).toEqual([
      [4, ['role_thinking: He must not look. Not now', "speech: It is 'only' numbers."]],
      [1, ['speech: Good evening, inspector.']],
    ])
    expect(readRoleThinking('I can’t do that.', [1], 'Anna')).toMatchObject({ ok: false })
    expect(readRoleThinking('{"a": 1}', [1], 'Anna')).toEqual({
      ok: false,
      error: { sentence: 'The answer has no list of enhanced turns.' },
    })
  })

  test('forward: beside the text, else up to its end, the name, or the first thought', () => {
    const read = (text: string, reasoning = '') => readForward({ text, reasoning }, 'Anna')
    expect(read('Anna: Yes.', ' She stalls. ')).toBe('She stalls.')
    expect(read('<think>She stalls.</think>\n\nAnna: Yes.')).toBe('She stalls.')
    expect(read('She stalls.</thinker>Anna: Yes.')).toBe('She stalls.')
    expect(read('She stalls.\nAnna: <role_thinking>I lie</role_thinking>Yes.')).toBe('She stalls.')
    expect(read('She stalls.\n\n<role_thinking>I lie</role_thinking>Yes.')).toBe('She stalls.')
    expect(read('Anna: <role_thinking>I lie</role_thinking>Yes.')).toBe('')
    expect(read('Anna: Yes.')).toBe('')
    expect(read('<think>\n\n</think>\n\nAnna: Yes.')).toBe('')
  })

  test('plans are matched by dialogue_index, in a list or an object, with stray quotes', () => {
    const plans = (answer: string) => {
      const result = readBackward(answer, [1, 4])
      return result.ok ? [...result.value].map(([place, { text }]) => [place, text]) : result.error.sentence
    }
    expect(
      plans(
        '[{"dialogue_index": 4, "revised_sys_thinking": "Anna says "only" on purpose.", "revision_notes": ""}, {"dialogue_index": 9, "revised_sys_thinking": "x"}]',
      ),
    ).toEqual([[4, 'Anna says "only" on purpose.']])
    expect(
      plans(
        '{"result": [{"dialogue_index": "1", "revised_sys_thinking": "<system_thinking>Anna <role_thinking>stalls</role_thinking>.</system_thinking>"}]}',
      ),
    ).toEqual([[1, 'Anna stalls.']])
    expect(plans('[{"dialogue_index": 1, "revised_sys_thinking": " "}]')).toEqual([])
    expect(plans('No.')).toBe('No JSON was found in the answer.')
  })

  test('a setting only grows', () => {
    const [member] = story.cast.characters
    if (!member) throw new Error('no member')
    const before = { scenario: 'An office.', fields: settingOf(member) }
    const answer = JSON.stringify({
      scenario_enriched: 'An office. Rain outside.',
      characters: {
        Anna: {
          character_profile_enriched: 'A clerk. Careful with keys.',
          motivation_enriched: 'To be rich.',
          reasoning: 'DIALOGUE shows keys',
        },
      },
    })
    expect(readSetting(answer, before, 'Anna')).toEqual({
      ok: true,
      value: { fields: { character_profile: 'A clerk. Careful with keys.' }, reasoning: 'DIALOGUE shows keys' },
    })
    expect(readSetting(answer, before, undefined)).toMatchObject({
      ok: true,
      value: { scenario: 'An office. Rain outside.', fields: {} },
    })
    expect(readSetting('{"characters": {}}', before, 'Anna')).toMatchObject({ ok: false })
  })

  test('drafts are told apart by their voice', () => {
    expect(planTypeOf('', 'Anna')).toBe('C')
    expect(planTypeOf('I need to portray Anna as calm. She should stall.', 'Anna')).toBe('A')
    expect(planTypeOf('I am cornered. My hands shake.', 'Anna')).toBe('B')
    expect(planTypeOf('The user wants Anna to answer. She stalls.', 'Anna')).toBe('B')
    expect(planTypeOf('安娜需要镇定，她应该拖延。', '安娜')).toBe('A')
    expect(planTypeOf('我很害怕，我的手在抖。', '安娜')).toBe('B')
  })

  test('what the teacher did not write stays as it was', () => {
    const original = [
      { layer: 'system_thinking' as const, text: 'Old plan.', closed: true },
      { layer: 'speech' as const, text: 'Yes.', closed: true },
    ]
    expect(assemble(original, undefined, 'New plan.').map(({ text }) => text)).toEqual(['New plan.', 'Yes.'])
    expect(
      assemble(original, [{ layer: 'role_thinking', text: 'I lie', closed: true }], undefined).map(({ text }) => text),
    ).toEqual(['Old plan.', 'I lie'])
  })
})
