import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCard } from './create-card.ts'
import { proposeName } from './propose-name.ts'

test.each<[string, string | undefined]>([
  ['Ada Lovelace is a countess.', 'Ada Lovelace'],
  ['  Ludwig van der Rohe, an architect', 'Ludwig van der Rohe'],
  ['Élise (34) mends clocks.', 'Élise'],
  ['Anna: a clerk', 'Anna'],
  ['A countess who sees an engine.', undefined],
  ['She keeps the ferry.', undefined],
  ['Countess of nobody’s land', undefined],
  ['{{char}} is a clerk.', undefined],
  ['', undefined],
])('%j', (description, expected) => {
  expect(proposeName(createCard({ name: '', description }))).toBe(expected)
  expect(proposeName(createCard({ name: 'Bea', description }))).toBeUndefined()
})

test('who speaks first in the examples, where the description names nobody', () => {
  const exampleDialogue = '<START>\n{{user}}: Hm?\nMara Quill: No.'
  expect(proposeName(createCard({ name: '', description: 'Rows.', exampleDialogue }))).toBe('Mara Quill')
})

test('whatever is written, a name is short and on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (description, exampleDialogue) => {
      const proposed = proposeName(createCard({ name: '', description, exampleDialogue }))
      if (proposed !== undefined) expect(proposed).toMatch(/^\S(?:[^\n]{0,140}\S)?$/u)
    }),
  )
})
