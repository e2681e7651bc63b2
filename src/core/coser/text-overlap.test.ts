import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { englishWords } from './english-words.ts'
// Made-up texts. Their words and BLEU are those of nltk itself, with the rules of its version 3.9 and the abbreviations
// listed here; ROUGE-L is of a table filled by hand.
import references from './text-overlap.test-data.json' with { type: 'json' }
import { bleu, rougeL } from './text-overlap.ts'

describe.each(references)('$candidate', (one) => {
  test('the words nltk finds', () => {
    expect(englishWords(one.candidate.toLowerCase())).toEqual(one.words)
    expect(englishWords(one.reference.toLowerCase())).toEqual(one.referenceWords)
  })

  test('its BLEU and ROUGE-L to the last digit', () => {
    expect(bleu(one.reference, one.candidate)).toBe(one.bleu)
    expect(rougeL(one.reference, one.candidate)).toBe(one.rougeL)
  })
})

test('between 0 and 1 whatever the texts, 1 for the same four words and more', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.stringMatching(/^(?:(?:Anna|"|'s|can't|\.|\.\.\.|Mr\.| |\n|--|\(|\)|10\.5|“|”|:|,|\?){0,40})$/),
  )
  fc.assert(
    fc.property(text, text, (one, other) => {
      for (const value of [bleu(one, other), rougeL(one, other)]) {
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }
      if (englishWords(one.toLowerCase()).length >= 4) expect(bleu(one, one)).toBeCloseTo(1, 12)
      const letters = englishWords(one)
        .join('')
        .replace(/[\s"'`]/gu, '')
      expect(letters).toBe(one.replace(/[\s"'`]/gu, ''))
    }),
    { numRuns: 500 },
  )
})

test('long texts of marks alone take no longer than they are', () => {
  for (const unit of ['. ', '...', '"', "' ", ' . .', '?!', '((', ') ', 'a.b']) {
    expect(bleu(unit.repeat(4000), unit.repeat(4000))).toBeLessThanOrEqual(1)
  }
}, 20_000)
