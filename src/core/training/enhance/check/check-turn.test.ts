import { describe, expect, test } from 'vitest'
import { parseReply } from '#core/her/parse.ts'
import { checkTurn } from './check-turn.ts'
import type { EnhancedText } from './finding.ts'

const original = parseReply('It is only numbers.', { speaker: 'Anna' }).segments

function check(raw: string, more: Partial<EnhancedText> = {}) {
  return checkTurn({
    name: 'Anna',
    others: ['Boris', 'Tom'],
    original,
    segments: parseReply(raw, { speaker: 'Anna' }).segments,
    hasNewThoughts: true,
    hasNewPlan: false,
    before: [],
    ...more,
  })
}
const found = (raw: string, more?: Partial<EnhancedText>) =>
  check(raw, more).map((each) => `${each.check} ${each.weight}`)
const plan = (text: string, more?: Partial<EnhancedText>) =>
  found(`<system_thinking>${text}</system_thinking>It is only numbers.`, {
    hasNewThoughts: false,
    hasNewPlan: true,
    ...more,
  })
const long = (text: string) => `${text} ${'Anna weighs the moment and keeps her hands still. '.repeat(18)}`

test('a turn that only gained a thought and an action is whole', () => {
  expect(
    found(
      '<role_thinking>I must not look at the drawer</role_thinking>It is only numbers.<role_action>folds her hands</role_action>',
    ),
  ).toEqual([])
  expect(found('<role_thinking>不能让他看见抽屉</role_thinking>It is only numbers.')).toEqual([])
})

describe('speech', () => {
  test('is kept word for word; narration may become an action', () => {
    expect(found('<role_thinking>I lie</role_thinking>It is only letters.')).toContain('speech wrong')
    expect(found('<role_thinking>I lie</role_thinking>It is only numbers. Believe me, inspector.')).toEqual([
      'speech wrong',
    ])
    expect(found('<role_thinking>It is only numbers</role_thinking>')).toContain('speech wrong')
    const narrated = parseReply('She turns away. Fine, take it.').segments
    expect(found('<role_action>turns away</role_action>Fine, take it.', { original: narrated })).toEqual([
      'speech wrong',
    ])
    expect(found('<role_action>She turns away</role_action>Fine, take it.', { original: narrated })).toEqual([])
  })
})

describe('voice', () => {
  test('thoughts are in the first person, actions name no self', () => {
    expect(
      check('<role_thinking>Anna wonders whether the drawer is shut</role_thinking>It is only numbers.'),
    ).toMatchObject([
      {
        check: 'voice',
        weight: 'wrong',
        sentence: 'A thought speaks of Anna from outside; it has to be Anna’s own, in the first person.',
        place: { segment: 0, layer: 'role_thinking', words: 'Anna wonders whether the drawer is shut' },
      },
    ])
    expect(found('<role_thinking>Steady, Anna</role_thinking>It is only numbers.')).toEqual([])
    expect(found('It is only numbers.<role_action>I fold my hands</role_action>')).toEqual(['voice remark'])
  })

  test('planning looks from outside, and knows no user', () => {
    expect(plan(long('I need to portray Anna as calm.'))).toEqual([])
    expect(plan(long('The user wants to see the ledger, so Anna should stall.'))).toEqual(['voice wrong'])
    expect(
      plan(`I am afraid, and my hands shake. ${'I must hide it from all of them. I will smile. '.repeat(20)}`),
    ).toEqual(['voice wrong'])
  })
})

describe('mind-reading', () => {
  test('others’ inner states need a sign or a guess', () => {
    const thought = (text: string) => found(`<role_thinking>${text}</role_thinking>It is only numbers.`)
    expect(thought('Boris is secretly afraid of me')).toEqual(['mind-reading wrong'])
    expect(thought('He knows about the drawer')).toEqual(['mind-reading wrong'])
    expect(thought('Boris must be afraid of me')).toEqual([])
    expect(thought('His voice shakes, he is afraid')).toEqual([])
    expect(thought('Does he know about the drawer?')).toEqual([])
    expect(thought('他心里害怕我')).toEqual(['mind-reading wrong'])
    expect(thought('他似乎害怕我')).toEqual([])
    expect(plan(long('Boris wants the ledger for himself. Anna should stall.'))).toEqual(['mind-reading remark'])
    expect(plan(long('She feels cornered, and Anna should stall.'))).toEqual([])
  })
})

describe('order', () => {
  test('tags do not nest, and none stays open', () => {
    const written = '<role_action>nods <role_thinking>I lie</role_thinking></role_action>It is only numbers.'
    expect(found(written, { written })).toEqual(['order wrong'])
    const open = 'It is only numbers.<role_thinking>I lie'
    expect(
      found(open, { written: open, segments: [...original, { layer: 'role_thinking', text: 'I lie', closed: true }] }),
    ).toEqual(['order wrong'])
  })

  test('planning stands once and first', () => {
    const segments = [...original, { layer: 'system_thinking' as const, text: 'Anna should stall.', closed: true }]
    expect(found('', { segments })).toContain('order wrong')
  })
})

test('repetition of the last turns, and lengths, are told', () => {
  const text = 'If he opens the drawer everything is lost for us'
  const raw = `<role_thinking>${text}</role_thinking>It is only numbers.`
  expect(found(raw, { before: [parseReply(raw).segments] })).toEqual(['repetition remark'])
  expect(found(`<role_thinking>${'I wait. '.repeat(80)}</role_thinking>It is only numbers.`)).toContain('length remark')
  expect(plan('Anna should stall, and she does.')).toEqual(['length remark'])
  const draft = 'Anna stalls, since she fears the inspector and what he may find in her drawer.'
  expect(plan(draft, { draft })).toEqual([])
  expect(plan(`${draft} ${draft}`, { draft })).toEqual(['length remark'])
})
