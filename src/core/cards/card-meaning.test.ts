import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardMeaning, contentHash } from './card-meaning.ts'
import { createCard } from './create-card.ts'
import { editField } from './edit-card.ts'
import { readCard } from './read-card.ts'
import { type CardFormat, writeCard } from './write-card.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const card = fc
  .record({
    name: text.filter((name) => name.trim() !== ''),
    description: text,
    personality: text,
    greetings: fc.array(text.filter((words) => words.trim() !== '')),
    tags: fc.array(fc.constantFrom('elf', 'Elf', 'sea', 'mystery')),
    creatorNotes: text,
  })
  .map(createCard)

test('a card says the same in every format it is written in', () => {
  const format = fc.constantFrom<CardFormat>('json-v2', 'json-v3', 'png', 'charx')
  fc.assert(
    fc.property(card, format, (document, written) => {
      const read = readCard(writeCard({ document }, written))
      if (!read.ok) throw new Error(read.error.type)
      expect(cardMeaning(read.value.document)).toEqual(cardMeaning(document))
      expect(contentHash(read.value.document)).toBe(contentHash(document))
    }),
    { numRuns: 40 },
  )
})

test('a card that says something else has another hash', () => {
  const fields = ['name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example', 'creator_notes']
  fc.assert(
    fc.property(card, fc.constantFrom(...fields), (document, field) => {
      expect(contentHash(editField(document, field, 'another thing altogether'))).not.toBe(contentHash(document))
    }),
  )
})

test('what only a library knows, the order of keys and empty fields are no part of what a card says', () => {
  const of = (data: object) => contentHash({ spec: 'v2', raw: { spec: 'chara_card_v2', data: { ...data } } })
  const plain = of({ name: 'Anna', tags: ['a'] })
  expect(of({ tags: ['a'], extensions: { fav: true }, scenario: '', character_book: null, name: 'Anna' })).toBe(plain)
  expect(of({ name: 'Anna', tags: ['a'], extensions: { depth_prompt: { prompt: 'Rain.' } } })).not.toBe(plain)
  expect(of({ name: 'Anna', tags: ['a'], character_book: { entries: [{ content: 'Rain.' }] } })).not.toBe(plain)
})
