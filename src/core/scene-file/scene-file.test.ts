import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CardDocument, Json, JsonObject } from '#core/cards/card.ts'
import { isObject } from '#core/cards/json-tree.ts'
import type { CharacterId, ConversationId, SceneId, TurnId } from '#core/ids.ts'
import { anna, boris, story, turn } from '#core/story/story.test-kit.ts'
import { everyLayer } from '#core/story/story.ts'
import { writeStoryFile } from '#core/story/story-file.ts'
import { readScenes } from './read-scenes.ts'
import { adoptScene, adoptSceneStory, type DraftCharacter, type DraftLine, type SceneDraft } from './scene-draft.ts'
import { writeSceneFile } from './scene-file.ts'

const png = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (byte) => byte.charCodeAt(0),
)

/** JSON as a file may hold it, with the keys that bite. */
const tree: fc.Arbitrary<JsonObject> = fc
  .jsonValue()
  .map((value) => value as Json)
  .filter((value) => isObject(value))
  .chain((value) => fc.constantFrom(value, JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as JsonObject))
const text = fc.string({ unit: 'binary', maxLength: 60 })
const card: fc.Arbitrary<CardDocument> = fc.record({
  spec: fc.constantFrom('v1', 'v2', 'v3'),
  raw: tree,
})

const draft: fc.Arbitrary<SceneDraft> = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 5 })
  .chain((keys) => {
    const some = fc.subarray(keys)
    const one = fc.constantFrom(...keys)
    const line: fc.Arbitrary<DraftLine> = fc.record(
      {
        speaker: fc.oneof(
          fc.constant({ kind: 'user' as const }),
          fc.constant({ kind: 'environment' as const }),
          one.map((characterKey) => ({ kind: 'character' as const, characterKey })),
        ),
        dialect: fc.constantFrom('her', 'coser', 'markdown', 'player'),
        raw: text,
        whisperToKeys: some,
      },
      { requiredKeys: ['speaker', 'dialect', 'raw'] },
    )
    const character = (key: string): fc.Arbitrary<DraftCharacter> =>
      fc.oneof(
        fc.record(
          {
            key: fc.constant(key),
            card,
            portrait: fc.constant({ type: 'image/png', bytes: png }),
            hue: fc.integer({ min: 0, max: 360 }),
            secret: text,
            appearance: text,
          },
          { requiredKeys: ['key', 'card'] },
        ),
        fc.record(
          { key: fc.constant(key), bundled: fc.constantFrom('jane-eyre', 'sun-wukong'), secret: text },
          { requiredKeys: ['key', 'bundled'] },
        ),
      )
    return fc.record(
      {
        title: text,
        about: text,
        book: text,
        scenario: text,
        characters: fc.tuple(...keys.map(character)),
        presentKeys: some,
        userPlaysKey: one,
        persona: fc.record({ name: text, description: text }),
        opening: fc.array(line, { maxLength: 4 }),
        reference: fc.array(line, { maxLength: 4 }),
      },
      { requiredKeys: ['title', 'about', 'scenario', 'characters', 'opening'] },
    )
  })

const simple: SceneDraft = {
  title: 'The pier',
  about: '',
  scenario: 'A pier at night.',
  characters: [
    { key: anna, card: { spec: 'v3', raw: { spec: 'chara_card_v3', data: { name: 'Anna' } } }, secret: 'She has it.' },
    { key: boris, card: { spec: 'v3', raw: { spec: 'chara_card_v3', data: { name: 'Boris' } } } },
  ],
  opening: [
    { speaker: { kind: 'character', characterKey: anna }, dialect: 'her', raw: 'Hush.', whisperToKeys: [boris] },
  ],
}

const ids = new Map([
  [anna as string, 'a2' as CharacterId],
  [boris as string, 'b2' as CharacterId],
])

describe('a scene file', () => {
  test('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(draft, (before) => {
        const read = readScenes(writeSceneFile(before))
        expect(read.ok && read.value.scenes[0]?.warnings).toEqual([])
        const after = read.ok ? read.value.scenes[0]?.draft : undefined
        expect(JSON.stringify(toPlain(after))).toBe(JSON.stringify(toPlain(before)))
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('brings its story, by the ids its characters have here', () => {
    const turns = [
      turn('1', null, { present: [anna, boris] }),
      turn('2', '1', { whisperTo: [boris], present: [anna, boris] }),
    ]
    const written = writeStoryFile(story(turns, '2', { cast: [anna, boris] }), { layers: everyLayer, extent: 'tree' })
    const read = readScenes(writeSceneFile(simple, written))
    const found = read.ok ? read.value.scenes[0]?.draft : undefined
    if (!found) throw new Error('not read')
    const scene = adoptScene(found, { sceneId: 's' as SceneId, characterIds: ids, now: 9 })
    expect(scene).toMatchObject({ cast: ['a2', 'b2'], secrets: { a2: 'She has it.' } })
    expect(scene.opening).toMatchObject([{ speaker: { kind: 'character', characterId: 'a2' }, whisperTo: ['b2'] }])
    let count = 0
    const played = adoptSceneStory(found, scene, {
      characterIds: ids,
      now: 9,
      conversationId: 'c' as ConversationId,
      createId: () => `t${count++}` as TurnId,
    })
    expect(played?.turns).toMatchObject([{ present: ['a2', 'b2'] }, { whisperTo: ['b2'] }])
    expect(played?.conversation).toMatchObject({ sceneId: 's', cast: ['a2', 'b2'], secrets: { a2: 'She has it.' } })
  })

  test('never throws, and says in a sentence what is wrong with it', () => {
    fc.assert(
      fc.property(draft, fc.nat(), fc.string({ maxLength: 4 }), (before, at, noise) => {
        const written = writeSceneFile(before)
        const place = at % written.length
        for (const broken of [written.slice(0, place), written.slice(0, place) + noise + written.slice(place + 1)]) {
          const read = readScenes(broken)
          if (!read.ok) expect(read.error.sentence).toMatch(/\.$/)
        }
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readScenes(JSON.stringify({ ...(value as object), format: 'subtext-scene', version: 1 }))
        expect(read.ok).toBe(false)
      }),
    )
  })

  test('is refused where it is newer, deep, or nobody is in it', () => {
    const sentenceOf = (text: string) => {
      const read = readScenes(text)
      return read.ok ? '' : read.error.sentence
    }
    expect(sentenceOf('{"format":"subtext-scene","version":2}')).toMatch(/newer Subtext/)
    expect(sentenceOf(`{"format":"subtext-scene","a":${'['.repeat(5000)}`)).toMatch(/nests deeper/)
    expect(sentenceOf('{"format":"subtext-scene","version":1,"title":"x","characters":[]}')).toMatch(
      /damaged at characters/,
    )
    expect(sentenceOf('{"format":"subtext-scene","version":1,"title":"x","characters":[{"key":"a"}]}')).toMatch(
      /nobody/,
    )
    expect(sentenceOf('')).toMatch(/empty/)
    expect(sentenceOf('{"some":"thing"}')).toMatch(/no scene/)
  })

  test('lets go of what points nowhere, and says so', () => {
    const [first] = simple.characters
    if (!first) throw new Error('nobody')
    const odd = {
      ...simple,
      characters: [
        first,
        first,
        { ...simple.characters[1], portrait: { type: 'image/png', bytes: new Uint8Array([60, 115]) } },
      ],
      presentKeys: [anna, 'ghost'],
      userPlaysKey: 'ghost',
      opening: [{ speaker: { kind: 'character', characterKey: 'ghost' }, dialect: 'her', raw: 'Boo.' }],
    } as SceneDraft
    const read = readScenes(writeSceneFile(odd))
    const scene = read.ok ? read.value.scenes[0] : undefined
    expect(scene?.draft.characters).toHaveLength(2)
    expect(scene?.draft).toMatchObject({ presentKeys: [anna], opening: [{ speaker: { kind: 'environment' } }] })
    expect(scene?.draft.userPlaysKey).toBeUndefined()
    expect(scene?.warnings).toHaveLength(3)
  })
})

/** With its pictures as lists, and its keys in an order of their own. */
function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, held]) => [key, toPlain(held)]))
}
