import { describe, expect, test } from 'vitest'
import type { CardDocument, JsonObject } from './card.ts'
import { stripDecorators } from './decorators.ts'
import { toV2, toV3 } from './project-card.ts'

const v1: CardDocument = { spec: 'v1', raw: { name: 'A', description: 'd', chat: 'x', spec: 'tavern_ai' } }
const entry = { keys: ['sea'], content: '@@depth 4\nThe sea.', enabled: true }

function withBook(spec: 'v2' | 'v3', entries: JsonObject | readonly JsonObject[]): CardDocument {
  const data = { name: 'A', character_book: { entries, mine: 1 } }
  return { spec, raw: { spec: `chara_card_${spec}`, spec_version: `${spec[1]}.0`, data } }
}

describe('to V3', () => {
  test('V1 moves under data, whole', () => {
    expect(toV3(v1)).toEqual({
      spec: 'chara_card_v3',
      spec_version: '3.0',
      data: { name: 'A', description: 'd', chat: 'x', group_only_greetings: [] },
    })
  })

  test('V2 gets what V3 requires, and entries keep their text', () => {
    const keys = ['/a/', '/b/i']
    expect(toV3(withBook('v2', [entry, { keys }, { keys: ['/a/', 'b'], constant: true, use_regex: true }]))).toEqual({
      spec: 'chara_card_v3',
      spec_version: '3.0',
      data: {
        name: 'A',
        character_book: {
          entries: [
            { ...entry, use_regex: false, constant: false },
            { keys, use_regex: true, constant: false },
            { keys: ['/a/', 'b'], constant: true, use_regex: true },
          ],
          mine: 1,
        },
        group_only_greetings: [],
      },
    })
  })

  test('V3 stays as it is, even where it lacks something, and keeps a later minor version', () => {
    const raw = {
      mine: 1,
      spec: 'chara_card_v3',
      spec_version: '3.1',
      data: { name: 'A', character_book: { entries: [{}] } },
    }
    expect(toV3({ spec: 'v3', raw })).toEqual(raw)
    expect(Object.keys(toV3({ spec: 'v3', raw }))).toEqual(Object.keys(raw))
    expect(toV3({ spec: 'v3', raw: { spec: 'chara_card_v4', spec_version: '4.0', data: {} } })).toEqual({
      spec: 'chara_card_v3',
      spec_version: '3.0',
      data: {},
    })
  })

  test('fields that a labelled card keeps at its root move under data', () => {
    expect(toV3({ spec: 'v3', raw: { spec: 'chara_card_v3', spec_version: '3.0', name: 'A' } })).toEqual({
      spec: 'chara_card_v3',
      spec_version: '3.0',
      data: { name: 'A' },
    })
  })

  test('fields repeated at the root stay there', () => {
    const raw = { name: 'A', data: { name: 'A' } }
    expect(toV3({ spec: 'v2', raw })).toMatchObject({ name: 'A', data: { name: 'A' } })
  })
})

describe('to V2', () => {
  test('entries of V3 lose their decorators and nothing else', () => {
    expect(toV2(withBook('v3', [entry]))).toEqual({
      spec: 'chara_card_v2',
      spec_version: '2.0',
      data: { name: 'A', character_book: { entries: [{ ...entry, content: 'The sea.' }], mine: 1 } },
    })
    expect(toV2(withBook('v3', { 0: entry }))).toMatchObject({
      data: { character_book: { entries: { 0: { content: 'The sea.' } } } },
    })
  })

  test('V2 stays as it is', () => {
    expect(toV2(withBook('v2', [entry]))).toEqual(withBook('v2', [entry]).raw)
  })
})

test.each([
  ['@@depth 4\n@@role system\n\n@@@fallback\n\nText', 'Text'],
  ['\n@@activate\nText\n@@not_one here', 'Text\n@@not_one here'],
  ['@@activate', ''],
  ['Text\n@@depth 4', 'Text\n@@depth 4'],
  ['@@Not a decorator!\nText', 'Text'],
  ['@@ nothing', '@@ nothing'],
  ['\n\nText', '\n\nText'],
])('decorators at the start of %j are stripped', (content, expected) => {
  expect(stripDecorators(content)).toBe(expected)
})
