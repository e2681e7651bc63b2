import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layer, Segment } from '#core/her/segment.ts'
import { diffTakes } from './diff-takes.ts'
import { type DiffPiece, diffWords } from './diff-words.ts'
import { splitWords } from './words.ts'

const marks = { same: ' ', removed: '-', added: '+' }

function shown(pieces: readonly DiffPiece[]): string[] {
  return pieces.map(({ kind, text }) => marks[kind] + text)
}

function side(pieces: readonly DiffPiece[], kind: 'removed' | 'added'): string {
  return pieces.map((piece) => (piece.kind === 'same' || piece.kind === kind ? piece.text : '')).join('')
}

const layers: readonly Layer[] = ['system_thinking', 'role_thinking', 'role_action', 'speech']

function said(layer: Layer, text: string): Segment {
  return { layer, text, closed: true }
}

/** Texts that share much, as two takes do. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom('the', ' ', 'lamp', '\n', '’', 'don’t', '猫が', '好き', '.', ' a', '😀', 'é'),
      fc.string(),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

/** Any code units, halves of pairs among them. */
const codeUnits = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes))

describe('words', () => {
  test('are words, blanks and marks, also where no blank parts them', () => {
    expect(splitWords('I don’t know,  Anna.')).toEqual(['I', ' ', 'don’t', ' ', 'know', ',', '  ', 'Anna', '.'])
    expect(splitWords('私は猫が好きです。').length).toBeGreaterThan(4)
  })

  test('joined are the text', () => {
    fc.assert(
      fc.property(fc.oneof(words, codeUnits), (text) => {
        expect(splitWords(text).join('')).toBe(text)
      }),
    )
    const long = '猫'.repeat(5000)
    expect(splitWords(long).join('')).toBe(long)
  })
})

describe('a word diff', () => {
  test('tells which words were replaced', () => {
    expect(shown(diffWords('I never knew him.', 'I hardly knew her.'))).toEqual([
      ' I ',
      '-never',
      '+hardly',
      '  knew ',
      '-him',
      '+her',
      ' .',
    ])
    expect(shown(diffWords('', ''))).toEqual([])
    expect(shown(diffWords('', 'Yes.'))).toEqual(['+Yes.'])
  })

  test('takes the blanks between two changes for part of them', () => {
    expect(shown(diffWords('one two', 'three four'))).toEqual(['-one two', '+three four'])
  })

  test('joined is either text, and says no more than it must', () => {
    fc.assert(
      fc.property(words, words, (left, right) => {
        const pieces = diffWords(left, right)
        expect(side(pieces, 'removed')).toBe(left)
        expect(side(pieces, 'added')).toBe(right)
        for (const [index, piece] of pieces.entries()) {
          expect(piece.text).not.toBe('')
          expect(piece.kind).not.toBe(pieces[index - 1]?.kind)
        }
        if (left === right) expect(pieces.every((piece) => piece.kind === 'same')).toBe(true)
      }),
    )
  })

  test('of huge texts ends, and still finds what they share at both ends', () => {
    const scramble = (from: number) =>
      Array.from({ length: 100_000 }, (_, index) => `w${(index * from) % 99_991}`).join(' ')
    const pieces = diffWords(`Well, ${scramble(7)} then.`, `Well, ${scramble(13)} then.`)
    expect(pieces.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same'])
    expect(pieces.at(-1)?.text).toBe(' then.')
  })
})

describe('a diff of two takes', () => {
  test('compares layer with layer, in order', () => {
    const left = [said('system_thinking', 'Be cold.'), said('role_action', 'nods'), said('speech', 'I know him.')]
    const right = [said('system_thinking', 'Be warm.'), said('speech', 'I know her.'), said('role_thinking', 'Do I?')]
    expect(diffTakes(left, right).map(({ layer, pieces }) => [layer, ...shown(pieces)])).toEqual([
      ['system_thinking', ' Be ', '-cold', '+warm', ' .'],
      ['role_action', '-nods'],
      ['speech', ' I know ', '-him', '+her', ' .'],
      ['role_thinking', '+Do I?'],
    ])
  })

  test('matches what is the same first', () => {
    const left = [said('speech', 'One.'), said('role_action', 'nods'), said('speech', 'Two.')]
    expect(diffTakes(left, [said('speech', 'Two.')]).map(({ pieces }) => shown(pieces))).toEqual([
      ['-One.'],
      ['-nods'],
      [' Two.'],
    ])
  })

  test('holds all of both, each layer in its order', () => {
    const take = fc.array(fc.record({ layer: fc.constantFrom(...layers), text: words, closed: fc.constant(true) }), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(take, take, (left, right) => {
        const rows = diffTakes(left, right)
        for (const layer of layers) {
          const text = (kind: 'removed' | 'added') =>
            rows
              .filter((row) => row.layer === layer)
              .map(({ pieces }) => side(pieces, kind))
              .join('')
          const own = (take: readonly Segment[]) =>
            take
              .filter((segment) => segment.layer === layer)
              .map((segment) => segment.text)
              .join('')
          expect(text('removed')).toBe(own(left))
          expect(text('added')).toBe(own(right))
        }
        expect(rows.map(({ pieces }) => side(pieces, 'removed')).join('')).toBe(left.map(({ text }) => text).join(''))
        expect(rows.map(({ pieces }) => side(pieces, 'added')).join('')).toBe(right.map(({ text }) => text).join(''))
      }),
    )
  })

  test('of takes with thousands of segments ends', () => {
    const take = (word: string) =>
      Array.from({ length: 5000 }, (_, index) => said(layers[(index * word.length) % 4] ?? 'speech', `${word}${index}`))
    expect(diffTakes(take('a'), take('bcd')).length).toBeGreaterThan(0)
  })
})
