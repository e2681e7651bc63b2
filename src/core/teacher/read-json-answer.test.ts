import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { readJsonAnswer } from './read-json-answer.ts'

const read = (text: string) => {
  const result = readJsonAnswer(text)
  return result.ok ? result.value : result.error.sentence
}

/** Words around an answer: whatever is no bracket and no fence. */
const prose = fc.string({ maxLength: 40 }).map((text) => text.replace(/[[\]{}<`]/g, ''))
const container = fc
  .oneof(fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue()), fc.array(fc.jsonValue()))
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)

describe('what is whole', () => {
  test('any object or list is read as it is: bare, among words, in a fence, behind thinking', () => {
    fc.assert(
      fc.property(container, prose, prose, fc.constantFrom(undefined, 2), (value, before, after, indent) => {
        const json = JSON.stringify(value, null, indent)
        expect(read(json)).toEqual(value)
        expect(read(`${before}${json}${after}`)).toEqual(value)
        expect(read(`${before}\n\`\`\`json\n${json}\n\`\`\`\n${after}`)).toEqual(value)
        expect(read(`<think>${before}{"a": [1]}${after}</think>\n${json}`)).toEqual(value)
        expect(read(`${before}{"a": [1]}${after}</think>${json}`)).toEqual(value)
      }),
    )
  })

  test('of several the longest counts, and one in a fence before those outside', () => {
    expect(read('As in [1]: {"a": 1, "b": 2}. See {"c": 3}.')).toEqual({ a: 1, b: 2 })
    expect(read('Not {"winner": "cand_2", "why": "no"} but\n```\n{"winner": "cand_1"}\n```')).toEqual({
      winner: 'cand_1',
    })
  })

  test('tags inside the JSON are texts of it', () => {
    const value = [{ plan: '<system_thinking>One.</system_thinking>' }, { plan: 'Two.' }]
    expect(read(`Here:\n${JSON.stringify(value)}\nDone.`)).toEqual(value)
  })
})

describe('what a model gets wrong', () => {
  test.each([
    ['a comma too many', '{"a": [1, 2,], "b": {"c": 3,},}', { a: [1, 2], b: { c: 3 } }],
    ['a comma too few', '{"a": "x"\n "b": [{"c": 1} {"c": 2}]}', { a: 'x', b: [{ c: 1 }, { c: 2 }] }],
    ['quotes inside', '{"a": "He said "no", then left", "b": 1}', { a: 'He said "no", then left', b: 1 }],
    ['quotes at the end', '{"a": "He said "no"", "b": ["so "what""]}', { a: 'He said "no"', b: ['so "what"'] }],
    ['raw line breaks', '{"a": "one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }],
    ['a number with words', '{"severity": 3 (serious), "type": "x"}', { severity: 3, type: 'x' }],
    [
      'words without quotes',
      '{"winner": cand_1, "tie": False, "why": None}',
      { winner: 'cand_1', tie: false, why: null },
    ],
    ['a comment', '{"a": 1, // the first\n "b": 2}', { a: 1, b: 2 }],
    ['an escape that is none', '{"a": "\\*nods\\* \\"yes\\""}', { a: '*nods* "yes"' }],
    ['words in brackets before it', '[He lies.] {curly} [x]: {"a": 1}', { a: 1 }],
    ['a leaked token', '{"a": 1}<|im_end|>\n<|im_start|>user', { a: 1 }],
    ['an end within a text', '{"a": [{"b": "one"}, {"b": "tw', { a: [{ b: 'one' }, { b: 'tw' }] }],
    ['an end behind a key', '{"a": 1, "b":', { a: 1 }],
    ['an end in a fence', '```json\n{"a": ["one", "two"\n```\nI hope this helps.', { a: ['one', 'two'] }],
    ['a bracket too few', '{"a": [1, 2, "b": 3}', { a: [1, 2], b: 3 }],
    ['a fence without its end', '```json\n{"a": 1}', { a: 1 }],
  ])('%s', (_, text, value) => {
    expect(read(text)).toEqual(value)
  })

  test('an answer without any says so', () => {
    expect(read(' \n')).toBe('The answer is empty.')
    expect(read('I would rather not.')).toBe('No JSON was found in the answer.')
  })

  test('texts with quotes that are not escaped are kept whole', () => {
    const words = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[^a-z ]/g, 'x'))
    const quoted = fc
      .array(words, { minLength: 1 })
      .map((parts) => parts.map((part) => `${part} "${part}" end`).join(' '))
    fc.assert(
      fc.property(fc.array(quoted, { minLength: 1 }), (texts) => {
        const written = `{"items": [${texts.map((text) => `{"text": "${text}", "kind": "x"}`).join(', ')}]}`
        expect(read(written)).toEqual({ items: texts.map((text) => ({ text, kind: 'x' })) })
      }),
    )
  })

  test('wherever an answer was cut, what was there before is kept', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem(), { minLength: 2, maxLength: 8 }), fc.nat(), (texts, at) => {
        const whole = JSON.stringify(texts.map((text, index) => ({ index, text })))
        const cut = whole.slice(0, (at % (whole.length - 2)) + 2)
        const complete = cut.split('"}').length - 1
        const value = read(cut)
        if (complete === 0) return
        expect(value).toBeInstanceOf(Array)
        expect((value as unknown[]).slice(0, complete)).toEqual(
          texts.slice(0, complete).map((text, index) => ({ index, text })),
        )
      }),
    )
  })
})

describe('whatever the text', () => {
  test('it neither throws nor looks twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', ' ', 'a', '1', '```\n', '</think>', '//')),
        (parts) => {
          readJsonAnswer(parts.join(''))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.each([
    '[',
    '{"a":',
    '{"',
    '"',
    '{"a": "',
    '{"a": "x" // ',
    '{"a": "x", "b',
    '[1, ',
    '<',
    '```\n',
    '{"a": "x"}   ',
    '" , ',
  ])('time grows with the text: %s', (part) => {
    const text = `{"a": "${part.repeat(300_000 / part.length)}`
    expect(cpuTime(() => readJsonAnswer(text))).toBeLessThan(1500)
    expect(cpuTime(() => readJsonAnswer(part.repeat(300_000 / part.length)))).toBeLessThan(1500)
  })
})
