import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { createReplyParser, parseReply, type ReplyOptions } from './parse.ts'
import type { Reply, Segment } from './segment.ts'
import { specialTokens, spellings } from './tags.ts'
import { writeReply } from './write.ts'

/** More runs: `HER_RUNS=20000 npx vitest run src/core/her`. */
const numRuns = Number(process.env['HER_RUNS'] ?? 300)
vi.setConfig({ testTimeout: Math.max(60_000, numRuns * 20) })

const names = Object.values(spellings).flat()
const tags = names.flatMap((name) => [`<${name}>`, `</${name}>`])
const mainTags = ['system_thinking', 'think', 'role_thinking', 'role_action', 'speech'].flatMap((name) => [
  `<${name}>`,
  `</${name}>`,
])
const nearTags = [
  '<',
  '</',
  '< ',
  '<<',
  '>',
  '<role_',
  '</role_thi',
  '<thin',
  'king>',
  'role_action>',
  '<3',
  '<think/>',
  '<b>',
  '_thinking>',
  '</think',
  '<role_action',
  '</ THINK >',
  '<Role-Action >',
  '< /role act>',
]
const tokens = ['<|im_end|>', '<|im_start|>', '<|', '<|im_', 'end|>', '<|endoftext|', '|>']
const speakers = [
  'Anna: ',
  'Anna:',
  'Anna',
  'An',
  'na: ',
  '\nAnna:',
  '\nBob: ',
  '\nBo',
  'Bob:',
  '\nb',
  'ob: x',
  'ÉLISE : ',
  '\n',
]
const spaces = [' ', '\n', '\n\n', '\t', '\u00a0', ' '.repeat(70)]
const words = [
  'a',
  'hm.',
  'Hello',
  'I need to portray Anna.',
  '夜明け',
  '👩‍🚀',
  'שלום',
  'e\u0301',
  '\ud83d',
  '\ude00',
  '&lt;',
  '\u200b',
  '\0',
]
const dialectMarks = ['*', '**', '[', ']', '(', ')', ':(', '"', '“', '”', '*a*', '[b]', '(c)', '" ', ' *', '* ']

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...mainTags) },
  { weight: 2, arbitrary: fc.constantFrom(...tags) },
  { weight: 4, arbitrary: fc.constantFrom(...nearTags) },
  { weight: 1, arbitrary: fc.constantFrom(...tokens) },
  { weight: 2, arbitrary: fc.constantFrom(...speakers) },
  { weight: 2, arbitrary: fc.constantFrom(...spaces) },
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
)
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))
const dialectText = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...dialectMarks) }, { weight: 2, arbitrary: piece }), {
    maxLength: 14,
  })
  .map((pieces) => pieces.join(''))

const herOptions = fc.constantFrom<ReplyOptions>(
  {},
  { speaker: 'Anna', aliases: ['An'], others: ['Bob', 'Bo', 'Élise'] },
)
const prefill = fc.constantFrom(
  '',
  '',
  '<system_thinking>',
  '<think>\n',
  '<think>p</think>Anna: <role_thinking>t</role_thinking>',
  'Hello <',
)
const anyCase = fc.oneof(
  fc.record({
    text,
    options: fc.tuple(herOptions, prefill).map(([options, begun]) => ({ ...options, prefill: begun })),
  }),
  fc.record({
    text: dialectText,
    options: fc
      .tuple(herOptions, fc.constantFrom('coser' as const, 'markdown' as const, 'player' as const))
      .map(([options, dialect]) => ({ ...options, dialect })),
  }),
)
const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 12 })

function slice(whole: string, at: readonly number[]): string[] {
  const ends = [...new Set(at.map((each) => each % (whole.length + 1)))].sort((one, other) => one - other)
  return [...ends, whole.length].map((end, index) => whole.slice(ends[index - 1] ?? 0, end))
}

function plain({ segments, raw, cut, open }: Reply) {
  return { segments, raw, cut, open }
}

/** Runs a property often, and says the seed when it fails. */
function check<Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>) {
  fc.assert(property, { numRuns })
}

describe('chunking does not matter', () => {
  test('in the end', () => {
    check(
      fc.property(anyCase, cuts, (each, at) => {
        const parser = createReplyParser(each.options)
        for (const chunk of slice(each.text, at)) parser.push(chunk)
        expect(plain(parser.finish())).toEqual(plain(parseReply(each.text, each.options)))
      }),
    )
  })

  test('on the way, code unit by code unit', () => {
    check(
      fc.property(anyCase, (each) => {
        const parser = createReplyParser(each.options)
        let sent = ''
        for (const unit of each.text.split('')) {
          sent += unit
          const whole = createReplyParser(each.options).push(sent)
          expect(plain(parser.push(unit))).toEqual(plain(whole))
        }
        expect(plain(parser.finish())).toEqual(plain(parseReply(each.text, each.options)))
      }),
    )
  })

  test('and a snapshot stays what it was', () => {
    check(
      fc.property(anyCase, cuts, (each, at) => {
        const parser = createReplyParser(each.options)
        const early = slice(each.text, at).map((chunk) => parser.push(chunk))
        parser.finish()
        for (const snapshot of early) {
          expect(plain(snapshot)).toEqual(plain(createReplyParser(each.options).push(snapshot.raw)))
        }
      }),
    )
  })
})

describe('nothing is lost', () => {
  function expectAccounted(reply: Reply) {
    let end = 0
    const texts = reply.segments.map(() => '')
    for (const tile of reply.tiles) {
      expect(tile.start).toBe(end)
      expect(tile.end).toBeGreaterThan(tile.start)
      end = tile.end
      const words = reply.raw.slice(tile.start, tile.end)
      if (tile.kind === 'layout') expect(words.trim()).toBe('')
      if (tile.kind === 'cut') expect(words).toBe(reply.cut)
      if (tile.kind === 'text') texts[tile.segment ?? -1] += words
    }
    expect(end).toBe(reply.raw.length)
    return texts
  }

  test('in a finished reply', () => {
    check(
      fc.property(anyCase, (each) => {
        const reply = parseReply(each.text, each.options)
        expect(reply.raw).toBe(each.text)
        const texts = expectAccounted(reply)
        expect(reply.tiles.filter(({ kind }) => kind === 'held')).toEqual([])
        if (!('prefill' in each.options) || each.options.prefill === '') {
          expect(texts).toEqual(reply.segments.map((segment) => segment.text))
        }
      }),
    )
  })

  test('in one that is arriving', () => {
    check(fc.property(anyCase, (each) => void expectAccounted(createReplyParser(each.options).push(each.text))))
  })
})

describe('steady', () => {
  const planCloser = /<\s*\/[^<>]*th[^<>]*>$/i

  test('text that was shown keeps its layer and its place while more arrives', () => {
    check(
      fc.property(text, herOptions, (whole, options) => {
        const parser = createReplyParser(options)
        let before: readonly Segment[] = []
        let sent = ''
        for (const unit of whole.split('')) {
          sent += unit
          const reply = parser.push(unit)
          const now = reply.segments.filter((segment) => segment.text !== '')
          const mayChange = planCloser.test(sent) || reply.cut !== undefined
          for (const [index, segment] of mayChange ? [] : before.entries()) {
            expect(now[index]?.layer).toBe(segment.layer)
            expect(now[index]?.text.startsWith(segment.text)).toBe(true)
          }
          before = now
        }
      }),
    )
  })

  test('segments that did not change stay the same objects', () => {
    check(
      fc.property(text, herOptions, (whole, options) => {
        const parser = createReplyParser(options)
        let before: readonly Segment[] = []
        for (const unit of whole.split('')) {
          const now = parser.push(unit).segments.filter((segment) => segment.text !== '')
          for (const [index, segment] of now.entries()) {
            const old = before[index]
            if (old?.layer === segment.layer && old.text === segment.text && old.closed === segment.closed) {
              if (index < before.length - 1 || before.length === now.length) expect(segment).toBe(old)
            }
          }
          before = now
        }
      }),
    )
  })
})

describe('writing and reading again', () => {
  test('gives the same segments in HER', () => {
    check(
      fc.property(text, herOptions, prefill, (whole, options, begun) => {
        const { segments } = parseReply(whole, { ...options, prefill: begun })
        expect(parseReply(writeReply(segments), options).segments).toEqual(segments)
      }),
    )
  })

  test('and from every dialect', () => {
    check(
      fc.property(dialectText, fc.constantFrom('coser', 'markdown', 'player'), (whole, dialect) => {
        // Only text that was HER from the start is searched for planning without a tag.
        fc.pre(!whole.includes('portray'))
        const { segments } = parseReply(whole, { dialect })
        // Only people's own words may hold one.
        fc.pre(!segments.some((segment) => specialTokens.some((token) => segment.text.includes(token))))
        expect(parseReply(writeReply(segments)).segments).toEqual(segments)
      }),
    )
  })
})

test('no segment is empty, but for a last one whose tag is open, and none has blanks at its edges', () => {
  check(
    fc.property(anyCase, (each) => {
      const { segments } = parseReply(each.text, each.options)
      for (const [index, segment] of segments.entries()) {
        const isLast = index === segments.length - 1
        expect(segment.text).toBe(segment.text.trim())
        expect(segment.text !== '' || (isLast && !segment.closed)).toBe(true)
        expect(segment.closed || isLast).toBe(true)
      }
    }),
  )
})

describe('linear', () => {
  const names = { speaker: 'Anna', others: ['Bob'] }

  function milliseconds(piece: string, length: number, size: number): number {
    const whole = piece.repeat(length / piece.length)
    return cpuTime(() => {
      const parser = createReplyParser(names)
      for (let at = 0; at < whole.length; at += size) parser.push(whole.slice(at, at + size))
      parser.finish()
    })
  }

  // A reader that looks back over what it has read would need minutes here.
  test.each([
    '<',
    '<role_',
    '<role_action></role_action>',
    '<think><role_action>',
    'a</think>',
    '\nBo',
    'Anna: ',
    ' ',
    '</rol<think></think>',
    '<<think></think>',
  ])('a megabyte of %j', (piece) => {
    expect(milliseconds(piece, 1_000_000, 1_000_000)).toBeLessThan(10_000)
    expect(milliseconds(piece, 300_000, 1)).toBeLessThan(10_000)
  })
})
