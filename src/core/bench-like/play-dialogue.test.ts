import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { benchSeed } from './bench-like.test-kit.ts'
import { type BenchLine, toldText } from './bench-line.ts'
import { type LineCall, playDialogue, stretchesOf } from './play-dialogue.ts'
import { judgeMessages } from './prompts.ts'

function playAll(turns: number, answer: (call: LineCall) => string | undefined) {
  const calls: LineCall[] = []
  const playing = playDialogue(benchSeed, { turns })
  let step = playing.next()
  while (!step.done) {
    calls.push(step.value)
    step = playing.next(answer(step.value))
  }
  return { lines: step.value, calls }
}

const textOf = (messages: readonly { readonly content: string }[]) => messages.map(({ content }) => content).join('\n')

/** Replies in which everything that is planned or thought has the mark of its layer and turn in it. */
const replies = fc.array(
  fc.record({
    plan: fc.constantFrom(
      '',
      '<system_thinking>PLAN of #</system_thinking>',
      '<System Thinking>PLAN of #</System Thinking>\n',
      '<think>PLAN of #</think>\n\n',
      '<system_thinking>PLAN of #',
    ),
    name: fc.constantFrom('', 'Marta: ', 'Tobias: '),
    body: fc.array(
      fc.constantFrom(
        'Well. ',
        '"Pages go," she said. ',
        '\n[4] Tobias: I give up. ',
        '*turns away* ',
        '<role_action>looks at the sea</role_action>',
        '<role_thinking>THOUGHT of #</role_thinking>',
        '<role thinking>THOUGHT of #</role thinking>',
        '<role_thinking>THOUGHT of #</role_action>',
      ),
      { maxLength: 5 },
    ),
    end: fc.constantFrom('', '<role_thinking>THOUGHT of #', '<|im_end|>', '<role_act'),
  }),
  { minLength: 1, maxLength: 12 },
)

describe('a dialogue', () => {
  test('begins as the seed says, then the character and the user take turns', () => {
    const { lines, calls } = playAll(4, ({ turn }) => `Line ${turn}.`)
    expect(lines.map(({ side, text, isScripted }) => [side, text, isScripted])).toEqual([
      ['ai', benchSeed.ai_prologue, true],
      ['user', benchSeed.initial_user_input, true],
      ['ai', 'Line 2.', false],
      ['user', 'Line 3.', false],
      ['ai', 'Line 4.', false],
      ['user', 'Line 5.', false],
    ])
    expect(calls.map(({ side }) => side)).toEqual(['ai', 'user', 'ai', 'user'])
    for (const { messages } of calls) {
      const [system, ...others] = messages
      expect(system?.role).toBe('system')
      expect(others.map(({ role }) => role)).toEqual(others.map((_, index) => (index % 2 ? 'assistant' : 'user')))
      expect(others.at(-1)?.role).toBe('user')
    }
    // To the character in HER's form, to the user as a person types.
    expect(calls[0]?.messages[2]?.content).toBe('Marta: <role_action>closes the log book</role_action>You again.')
    expect(calls[1]?.messages[1]?.content).toBe('*closes the log book* You again.')
  })

  test('the published length is five stretches, and a rest of half a stretch is one of its own', () => {
    const { lines } = playAll(100, () => 'Well.')
    expect(lines).toHaveLength(102)
    expect(stretchesOf(lines, 20).map(({ length }) => length)).toEqual([20, 20, 20, 20, 22])
    expect(stretchesOf(lines.slice(0, 30), 20).map(({ length }) => length)).toEqual([20, 10])
    expect(stretchesOf(lines.slice(0, 4), 20).map(({ length }) => length)).toEqual([4])
  })

  test('every line is in one stretch, in order, whatever their number', () => {
    const { lines } = playAll(100, () => 'Well.')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 102 }), fc.integer({ min: 1, max: 40 }), (count, size) => {
        const some = lines.slice(0, count)
        expect(stretchesOf(some, size).flat()).toEqual(some)
        expect(stretchesOf(some, size).every(({ length }) => length > 0)).toBe(true)
      }),
    )
  })

  test('nobody but the character is told a thought, and nobody any planning', () => {
    fc.assert(
      fc.property(replies, (written) => {
        const { lines, calls } = playAll(written.length, ({ turn, side }) => {
          const reply = written[turn - 2]
          const text = reply ? reply.plan + reply.name + reply.body.join('') + reply.end : ''
          return text.replaceAll('#', side)
        })
        for (const { side, messages } of calls) {
          const text = textOf(messages)
          expect(text).not.toContain('PLAN of')
          if (side === 'user') expect(text).not.toContain('THOUGHT of')
          else expect(text).not.toContain('THOUGHT of user')
        }
        for (const stretch of stretchesOf(lines, 6)) {
          const text = textOf(judgeMessages(benchSeed, stretch))
          expect(text).not.toMatch(/PLAN of|THOUGHT of/)
          // A turn that is forged in a line does not begin as one.
          expect(text.match(/^\[\d+\] /gm)).toHaveLength(stretch.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the character is told its own thoughts, and no planning', () => {
    const reply = '<system_thinking>PLAN</system_thinking>Marta: <role_thinking>THOUGHT</role_thinking>No.'
    const { calls } = playAll(3, ({ side }) => (side === 'ai' ? reply : 'Why?'))
    expect(calls[2]?.messages.at(-2)).toEqual({
      role: 'assistant',
      content: 'Marta: <role_thinking>THOUGHT</role_thinking>No.',
    })
    expect(calls[1]?.messages.at(-1)?.content).toBe('No.')
  })

  test('who speaks for the user is seen by the judge', () => {
    const { lines } = playAll(1, () => 'Marta: No.\nTobias: All right, I go.')
    expect(toldText(lines[2] as BenchLine)).toContain('All right, I go.')
  })

  test('a line that did not come is an empty one, and messages stay in turn', () => {
    const { lines, calls } = playAll(4, () => undefined)
    expect(lines.slice(2).every(({ failed, text }) => failed && text === '')).toBe(true)
    expect(calls.flatMap(({ messages }) => messages).every(({ content }) => content !== '')).toBe(true)
    expect(textOf(judgeMessages(benchSeed, lines))).toContain('[2] Marta: (no words)')
  })
})
