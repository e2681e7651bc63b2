import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { expandMacros, type MacroValues } from './macros.ts'

const names: MacroValues = { char: 'Ana', user: 'Sam' }
const expand = (text: string, more: Partial<MacroValues> = {}) => expandMacros(text, { ...names, ...more })

describe('what is expanded', () => {
  test.each([
    ['{{char}} meets {{user}}', 'Ana meets Sam'],
    ['{{ Char }}, {{USER}}', 'Ana, Sam'],
    ['<BOT> <bot> <CHAR> <USER>', 'Ana Ana Ana Sam'],
    ['{{{char}}}', '{Ana}'],
    ['a{{// not {{user}} seen}}b', 'ab'],
    ['a{{comment: not seen}}b', 'ab'],
    ['a{{hidden_key:x}}b', 'ab'],
    ['a{{noop}}b{{newline}}c', 'ab\nc'],
    ['one\n\n{{trim}}\r\n\ntwo', 'onetwo'],
    ['one \n{{trim}} two', 'one  two'],
    ['{{trim}}\n\n', ''],
    ['{{reverse:abc 🗼}}', '🗼 cba'],
    ['{{reverse:{{char}}}}', 'anA'],
    ['{{reverse::{{reverse:ab}}}}', 'ab'],
  ])('%j', (text, expected) => {
    expect(expand(text)).toBe(expected)
  })

  test('only what was given', () => {
    expect(expand('{{group}} <GROUP> {{persona}}')).toBe('{{group}} <GROUP> {{persona}}')
    expect(expand('{{group}} <GROUP> {{Persona}}', { group: 'all', others: new Map([['persona', 'tall']]) })).toBe(
      'all all tall',
    )
  })

  test('{{original}} gives what it stands for once', () => {
    expect(expand('{{original}}|{{original}}', { original: 'base' })).toBe('base|')
    expect(expand('{{original}}|{{original}}', { original: '' })).toBe('|')
    expect(expand('{{original}}')).toBe('{{original}}')
  })

  test('comments are for the reader', () => {
    expect(expand('a {{comment: by {{user}}}}', { audience: 'reader' })).toBe('a by Sam')
    expect(expand('a{{// no}}', { audience: 'reader' })).toBe('a')
  })
})

describe('chance', () => {
  const chance = (reply: string, chat = 'chat') => ({ chance: { chat, reply } })
  const many = (text: string, chat?: string) =>
    new Set(Array.from({ length: 60 }, (_, reply) => expand(text, chance(String(reply), chat))))

  test('{{random}} falls anew for each reply, {{pick}} once for a chat', () => {
    expect(many('{{random:a,b , c}}')).toEqual(new Set(['a', 'b', 'c']))
    expect(many('{{random::a,b::c}}')).toEqual(new Set(['a,b', 'c']))
    expect(many('{{Random: a\\,b}}')).toEqual(new Set(['a,b']))
    expect(many('{{pick:a,b,c}}{{pick:a,b,c}}{{pick:a,b,c}}').size).toBe(1)
    const picks = Array.from({ length: 40 }, (_, chat) => expand('{{pick::a::b}}', chance('', String(chat))))
    expect(new Set(picks)).toEqual(new Set(['a', 'b']))
    const places = expand('{{pick:a,b}}'.repeat(40), chance(''))
    expect(new Set(places)).toEqual(new Set(['a', 'b']))
    expect(expand('{{random:}}|{{random:{{char}},{{char}}}}', chance(''))).toBe('|Ana')
  })

  test('{{roll}} throws dice', () => {
    expect([...many('{{roll:d4}}')].sort()).toEqual(['1', '2', '3', '4'])
    expect([...many('{{roll:2}}')].sort()).toEqual(['1', '2'])
    for (const sum of many('{{roll 2d6+3}}'))
      expect(Number(sum)).toSatisfy((value: number) => value >= 5 && value <= 15)
    expect(expand('{{roll:1d1-1}} {{roll::3d1}}', chance(''))).toBe('0 3')
    expect(expand('{{roll:x}}|{{roll:0d6}}|{{roll:9999d6}}|{{roll:d0}}', chance(''))).toBe('|||')
  })
})

test('time', () => {
  const now = { at: Date.UTC(2026, 1, 3, 16, 5, 9), timeZone: 'UTC' }
  expect(expand('{{isodate}} {{isotime}}', { now })).toBe('2026-02-03 16:05')
  expect(expand('{{datetimeformat DD.M.YY h:mm A [at] H:ss}}', { now })).toBe('03.2.26 4:05 PM at 16:09')
  expect(expand('{{datetimeformat: YYYY}}', { now: { ...now, timeZone: 'Pacific/Kiritimati' } })).toBe('2026')
  const local = (options: Intl.DateTimeFormatOptions, at = now.at) =>
    new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' }).format(at)
  expect(expand('{{time}}, {{weekday}}, {{date}}', { now })).toBe(
    [{ timeStyle: 'short' } as const, { weekday: 'long' } as const, { dateStyle: 'long' } as const]
      .map((options) => local(options))
      .join(', '),
  )
  expect(expand('{{time_UTC+2}}|{{time_utc-3}}', { now })).toBe(
    [2, -3].map((hours) => local({ timeStyle: 'short' }, now.at + hours * 3_600_000)).join('|'),
  )
  expect(expand('{{time}} {{isodate}} {{weekday x}}')).toBe('{{time}} {{isodate}} {{weekday x}}')
})

test('what only the search for lore sees', () => {
  expect(expand('a{{hidden_key: b}}{{comment: c}}{{// d}}', { audience: 'lore' })).toBe('a b')
})

test('{{outlet}} gives the lore that is meant for it', () => {
  const outlets = new Map([['home', 'Longbourn']])
  expect(expand('{{outlet::Home}}|{{outlet::away}}', { outlets })).toBe('Longbourn|')
  expect(expand('{{outlet::Home}}')).toBe('{{outlet::Home}}')
})

describe('what stays as it is written', () => {
  test.each([
    '{{random:a,b}}',
    '{{roll 2d6}}',
    '{{char name}}',
    '{{user:x}}',
    '{{}}',
    '{{unclosed',
    '}} stray',
    '{char} {user} <START> <b>',
    '{{__proto__}} {{constructor}}',
    '{{#if x}}y{{/if}}',
    '<% code %>',
    '{{reverse}}',
  ])('%j', (text) => {
    expect(expand(text)).toBe(text)
  })

  test('what is inside an unknown macro is expanded all the same', () => {
    expect(expand('{{random:{{char}},b}} {{open {{user}}')).toBe('{{random:Ana,b}} {{open Sam')
  })

  test('what a macro gives is never read again', () => {
    const sly = { char: '{{user}}', user: '<USER>{{original}}' }
    expect(expandMacros('{{char}} {{user}}', { ...sly, original: 'x' })).toBe('{{user}} <USER>{{original}}')
    expect(expandMacros('{{{{user}}}}', { char: 'C', user: 'char' })).toBe('{{char}}')
  })
})

describe('bounds', () => {
  test('braces nested deeper than 20 stay', () => {
    const nested = (depth: number) => `${'{{reverse:'.repeat(depth)}ab${'}}'.repeat(depth)}`
    expect(expand(nested(20))).toBe('ab')
    expect(expand(nested(40))).toContain('{{reverse:')
  })

  test('the text grows to no more than a million characters', () => {
    const grown = expand('{{user}}'.repeat(1000), { user: 'x'.repeat(5000) })
    expect(grown.length).toBeLessThanOrEqual(1_048_576)
    expect(grown.endsWith('{{user}}')).toBe(true)
    expect(grown.startsWith('xxx')).toBe(true)
  })

  test('hostile text takes no time', () => {
    const pieces = ['{', '{{', '}}', '{{reverse:', '{{//', '<user', '{{trim}}\n', '{{ ', '{{\n']
    const spent = cpuTime(() => {
      for (const piece of pieces) expand(piece.repeat(200_000))
    })
    // What grows with the square of its length would need minutes.
    expect(spent).toBeLessThan(20_000)
  })

  test('text without macros is untouched, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[{}<]/.test(text))
        expect(expand(text)).toBe(text)
      }),
    )
  })

  test('macros do not touch what stands around them', () => {
    const expanded = new Map([
      ['{{char}}', 'Ana'],
      ['{{ USER }}', 'Sam'],
      ['<bot>', 'Ana'],
      ['{{noop}}', ''],
      ['{{who}}', '{{who}}'],
    ])
    const piece = fc.constantFrom(...expanded.keys(), 'a', '\n', ':', '//', '<', '>', '🗼')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(expand(pieces.join(''))).toBe(pieces.map((text) => expanded.get(text) ?? text).join(''))
      }),
    )
  })

  test('any heap of braces gives a text no longer than it may be', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      'char',
      'reverse:',
      '<USER>',
      '{{trim}}',
      '\n',
      '//',
      '{{comment:',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('')
        expect(expand(text).length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })
})
