import { expect, test } from 'vitest'
import { type CardDocument, emptyCard, type Json, type JsonObject } from './card.ts'
import { viewCard } from './view-card.ts'

function v2(data: JsonObject, root: JsonObject = {}): CardDocument {
  return { spec: 'v2', raw: { spec: 'chara_card_v2', spec_version: '2.0', data, ...root } }
}

test('an empty card gives empty fields', () => {
  expect(viewCard(v2({}))).toEqual({ ...emptyCard, name: 'Unnamed' })
})

test('fields of the wrong type are made fit for use', () => {
  const view = viewCard(
    v2({
      name: 42,
      first_mes: 'One',
      alternate_greetings: 'only one',
      tags: ' a, b,c,',
      creator: null,
      character_version: 1.2,
      extensions: null,
      description: ['two', 'lines'],
      scenario: { a: 1 },
    }),
  )
  expect(view).toMatchObject({
    name: '42',
    greetings: ['One', 'only one'],
    tags: ['a', 'b', 'c'],
    creator: '',
    version: '1.2',
    description: 'two\nlines',
    scenario: '',
    her: {},
  })
})

test('empty greetings are left out, and others keep their order', () => {
  expect(viewCard(v2({ first_mes: '', alternate_greetings: ['', 'A', null, ' ', 'B'] })).greetings).toEqual(['A', 'B'])
})

test('data wins over what stands at the root, which serves when data has no name at all', () => {
  const mirrored = v2({ name: 'Data', description: 'd' }, { name: 'Root', description: 'stale', personality: 'stale' })
  expect(viewCard(mirrored)).toMatchObject({ name: 'Data', description: 'd', personality: '' })
  expect(viewCard(v2({ name: '', nickname: 'Nick' }, { name: 'Root' })).name).toBe('Nick')
  expect(viewCard(v2({ name: '' }, { name: 'Root' })).name).toBe('Root')
  expect(viewCard({ ...v2({}), fallbackName: 'file' }).name).toBe('file')
})

test('V1 fields, and the notes under their old name', () => {
  const view = viewCard({
    spec: 'v1',
    raw: { name: 'A', description: 'd', creatorcomment: 'note', tags: ['x'], data: { name: 'not me' } },
  })
  expect(view).toMatchObject({ name: 'A', description: 'd', creatorNotes: 'note', tags: ['x'] })
})

test("an editor's placeholder is no note", () => {
  expect(viewCard(v2({ creator_notes: "Creator's notes go here." })).creatorNotes).toBe('')
})

test('the HER extension is taken as far as it is well formed', () => {
  const her = { book: 'Emma', motivation: 7, relationships: { Harriet: 'friend', Elton: null }, other: true }
  expect(viewCard(v2({ extensions: { her } })).her).toEqual({ book: 'Emma', relationships: { Harriet: 'friend' } })
  expect(viewCard(v2({ extensions: { her: 'x' } })).her).toEqual({})
  expect(viewCard(v2({ extensions: [] })).her).toEqual({})
})

test('inherited names are no fields', () => {
  expect(viewCard({ spec: 'v1', raw: { description: '' } })).toMatchObject({ name: 'Unnamed' })
  const inheriting: JsonObject = Object.create({ name: 'ghost' })
  expect(viewCard(v2(inheriting)).name).toBe('Unnamed')
})

test('the same document gives the same view', () => {
  const document = v2({ name: 'A' })
  expect(viewCard(document)).toBe(viewCard(document))
})

test('how much it talks is a number from 0 to 1, also where it was written as text', () => {
  const of = (talkativeness: Json) => viewCard(v2({ extensions: { talkativeness } })).talkativeness
  expect([of('0.35'), of(1), of(7), of(-1)]).toEqual([0.35, 1, 1, 0])
  expect([of('often'), of(''), of(null), of([])]).toEqual([undefined, undefined, undefined, undefined])
})
