import { describe, expect, test } from 'vitest'
import { createReasoningJoiner } from './join-reasoning.ts'
import { parseReply, type ReplyOptions } from './parse.ts'

type Part = { readonly reasoning: string } | { readonly content: string }

function join(...parts: Part[]): string {
  const joinNext = createReasoningJoiner()
  const joined = parts.map((part) =>
    joinNext(
      'reasoning' in part
        ? { type: 'reasoning-delta', text: part.reasoning }
        : { type: 'text-delta', text: part.content },
    ),
  )
  return joined.join('')
}

function read(parts: Part[], options?: ReplyOptions): string[] {
  return parseReply(join(...parts), options).segments.map(
    ({ layer, text, closed }) => `${layer}: ${text}${closed ? '' : '…'}`,
  )
}

const whole = '<system_thinking>plan</system_thinking><role_thinking>hm</role_thinking>Hello.'
const wholeRead = ['system_thinking: plan', 'role_thinking: hm', 'speech: Hello.']

describe('createReasoningJoiner', () => {
  test('marks where reasoning begins and where content follows', () => {
    expect(join({ reasoning: 'I pl' }, { reasoning: 'an' }, { content: '' }, { content: 'Hi' }, { content: '.' })).toBe(
      '<think>I plan</think>Hi.',
    )
    expect(join({ content: 'Hi' })).toBe('Hi')
    expect(join({ reasoning: '' }, { content: 'Hi' })).toBe('Hi')
  })

  test('loses nothing when reasoning comes again behind content', () => {
    expect(read([{ reasoning: 'a' }, { content: 'Hi' }, { reasoning: 'b' }, { content: ' there' }])).toEqual([
      'system_thinking: a',
      'speech: Hi',
      'system_thinking: b',
      'speech: there',
    ])
  })

  // What vLLM's and SGLang's qwen3 reasoning parsers make of HER replies.
  test.each<[why: string, parts: Part[], expected: string[], options?: ReplyOptions]>([
    ['a whole reply in the reasoning', [{ reasoning: whole }], wholeRead],
    ['the same, and white space as content', [{ reasoning: whole }, { content: '\n' }], wholeRead],
    [
      'a whole reply in the reasoning, cut off',
      [{ reasoning: '<system_thinking>plan</system_thinking><role_thinking>hm</role_thinkin' }, { content: '' }],
      ['system_thinking: plan', 'role_thinking: hm'],
    ],
    [
      'an empty think pair, then the reply',
      [{ reasoning: '\n\n' }, { content: '\n\n<system_thinking>plan</system_thinking><role_thinking>hm</role_think' }],
      ['system_thinking: plan', 'role_thinking: hm'],
    ],
    ['all of it content', [{ reasoning: '' }, { content: whole }], wholeRead],
    ['content cut off in its planning', [{ content: '<system_thinking>pla' }], ['system_thinking: pla…']],
    [
      'a reply without planning in the reasoning',
      [{ reasoning: '<role_thinking>hm</role_thinking>Hello.' }],
      wholeRead.slice(1),
    ],
    [
      'planning begun in a prefill',
      [{ reasoning: 'plan</system_thinking>Anna: Hello.' }],
      ['system_thinking: plan', 'speech: Hello.'],
      { speaker: 'Anna' },
    ],
    [
      'the same, and the reader was told',
      [{ reasoning: 'plan</system_thinking>Hello.' }],
      ['system_thinking: plan', 'speech: Hello.'],
      { prefill: '<system_thinking>' },
    ],
    [
      'planning as reasoning, the reply as content',
      [{ reasoning: 'plan' }, { content: 'Hello.' }],
      ['system_thinking: plan', 'speech: Hello.'],
    ],
    [
      'reasoning, then planning begun in a prefill',
      [{ reasoning: 'r' }, { content: 'plan</system_thinking>Hello.' }],
      ['system_thinking: r', 'system_thinking: plan', 'speech: Hello.'],
    ],
    [
      'role tags mentioned in the reasoning',
      [{ reasoning: 'use <role_action> here' }, { content: 'Hello.' }],
      ['system_thinking: use  here', 'speech: Hello.'],
    ],
  ])('%s', (_why, parts, expected, options) => {
    expect(read(parts, options)).toEqual(expected)
  })
})
