import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CardDocument, Json, JsonObject } from './card.ts'
import { createCard } from './create-card.ts'
import { editCard, editField } from './edit-card.ts'
import { viewCard } from './view-card.ts'
import { writeJson } from './write-json.ts'

const card: CardDocument = {
  spec: 'v2',
  raw: { spec: 'chara_card_v2', data: { name: 'A', tags: ['x', 'y'], extensions: null, description: 'd' }, zeta: 1 },
}

function edited(path: readonly (string | number)[], value: Json | undefined): string {
  return writeJson(editCard(card, path, value).raw)
}

describe('one place of the tree', () => {
  test.each<[readonly (string | number)[], Json | undefined, string]>([
    [
      ['data', 'name'],
      'B',
      '{"spec":"chara_card_v2","data":{"name":"B","tags":["x","y"],"extensions":null,"description":"d"},"zeta":1}',
    ],
    [
      ['data', 'tags', 1],
      'z',
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["x","z"],"extensions":null,"description":"d"},"zeta":1}',
    ],
    [
      ['data', 'tags', 9],
      'z',
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["x","y","z"],"extensions":null,"description":"d"},"zeta":1}',
    ],
    [
      ['data', 'tags', 0],
      undefined,
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["y"],"extensions":null,"description":"d"},"zeta":1}',
    ],
    [
      ['data', 'tags', -1],
      'z',
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["x","y"],"extensions":null,"description":"d"},"zeta":1}',
    ],
    [
      ['zeta'],
      undefined,
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["x","y"],"extensions":null,"description":"d"}}',
    ],
    [
      ['data', 'extensions', 'her', 'book'],
      'Emma',
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["x","y"],"extensions":{"her":{"book":"Emma"}},"description":"d"},"zeta":1}',
    ],
    [
      ['new', '__proto__'],
      1,
      '{"spec":"chara_card_v2","data":{"name":"A","tags":["x","y"],"extensions":null,"description":"d"},"zeta":1,"new":{"__proto__":1}}',
    ],
  ])('%j', (path, value, expected) => {
    expect(edited(path, value)).toBe(expected)
  })

  test('the original stays, what was not touched is shared', () => {
    const before = writeJson(card.raw)
    const changed = editCard(card, ['data', 'name'], 'B')
    expect(writeJson(card.raw)).toBe(before)
    expect((changed.raw['data'] as JsonObject)['tags']).toBe((card.raw['data'] as JsonObject)['tags'])
  })

  test('keys that poison others do not poison', () => {
    editCard(card, ['__proto__', 'polluted'], 1)
    editCard(card, ['data', 'constructor', 'prototype', 'polluted'], 1)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf(editCard(card, ['__proto__'], {}).raw)).toBe(Object.prototype)
  })
})

describe('a field, wherever the card keeps it', () => {
  test('under data, and at the root where it is repeated there', () => {
    const mirrored = { ...card, raw: { ...card.raw, name: 'A', creatorcomment: '' } }
    expect(editField(card, 'name', 'B').raw).toEqual({
      ...card.raw,
      data: { ...(card.raw['data'] as object), name: 'B' },
    })
    expect(editField(mirrored, 'name', 'B').raw).toMatchObject({ name: 'B', data: { name: 'B' } })
    expect(editField(mirrored, 'creator_notes', 'n').raw).toMatchObject({
      creatorcomment: 'n',
      data: { creator_notes: 'n' },
    })
  })

  test('a field called like the label leaves the label alone', () => {
    expect(editField(card, 'spec', 'x').raw).toMatchObject({ spec: 'chara_card_v2', data: { spec: 'x' } })
  })

  test('at the root of a V1 card', () => {
    const v1: CardDocument = { spec: 'v1', raw: { name: 'A', description: '' } }
    expect(editField(v1, 'extensions', { her: { book: 'Emma' } }).raw).toEqual({
      name: 'A',
      description: '',
      extensions: { her: { book: 'Emma' } },
    })
  })
})

test('a new card shows what it was made from', () => {
  const filled = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '')
  const view = fc.record({
    name: filled,
    description: fc.string(),
    personality: fc.string(),
    scenario: fc.string(),
    greetings: fc.array(filled),
    exampleDialogue: fc.string(),
    systemPrompt: fc.string(),
    postHistoryInstructions: fc.string(),
    creatorNotes: fc.string(),
    creator: fc.string(),
    version: fc.string(),
    tags: fc.array(filled),
    her: fc.record({ book: filled, motivation: filled, relationships: fc.dictionary(filled, fc.string()) }),
  })
  fc.assert(
    fc.property(view, (fields) => {
      expect(viewCard(createCard(fields))).toEqual(fields)
    }),
  )
  expect(createCard({ name: 'A', nickname: 'Nan', creationDate: 7 }).raw).toMatchObject({
    spec: 'chara_card_v3',
    spec_version: '3.0',
    data: { nickname: 'Nan', creation_date: 7, group_only_greetings: [], extensions: {} },
  })
})
