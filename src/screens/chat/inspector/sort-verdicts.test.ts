import { expect, test } from 'vitest'
import type { LoreExplanation, LoreVerdict } from '#core/lorebook/explain.ts'
import { sortVerdicts } from './sort-verdicts.ts'

const explain = (title: string, verdict: LoreVerdict): LoreExplanation => ({
  bookId: 'book',
  entryId: title,
  title,
  verdict,
})

test('of what a character may not know only the number is told', () => {
  const sorted = sortVerdicts(
    [
      explain('in', { outcome: 'used', cause: { kind: 'constant' }, tokens: 1 }),
      explain('cut', { outcome: 'used', cause: { kind: 'constant' }, tokens: 1 }),
      explain('lost', { outcome: 'lost', cause: { kind: 'constant' }, loss: { kind: 'empty' } }),
      explain('off', { outcome: 'silent', silence: { kind: 'disabled' } }),
      explain('CANARY', { outcome: 'silent', silence: { kind: 'not-known', knownTo: ['CANARY'] } }),
      explain('CANARY 2', { outcome: 'silent', silence: { kind: 'other-book' } }),
    ],
    [{ bookId: 'book', entryId: 'cut' }],
  )
  const titles = (explanations: readonly LoreExplanation[]) => explanations.map(({ title }) => title)
  expect(titles(sorted.used)).toEqual(['in'])
  expect(titles(sorted.lost)).toEqual(['cut', 'lost'])
  expect(titles(sorted.silent)).toEqual(['off'])
  expect(sorted.unknown).toBe(2)
  expect(JSON.stringify(sorted)).not.toContain('CANARY')
})
