import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewCard } from '#core/cards/view-card.ts'
import { readScenes } from '#core/scene-file/read-scenes.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { coserCase } from './coser.test-kit.ts'

function read(value: unknown) {
  const result = readScenes(JSON.stringify(value))
  return result.ok ? result.value : result.error
}

function scenesOf(value: unknown) {
  const result = read(value)
  return 'scenes' in result ? result.scenes : []
}

describe('CoSER', () => {
  test('a case is a scene: cards from profiles, motivations of their own, the dialogue beside it', () => {
    const [scene] = scenesOf(coserCase)
    expect(scene?.warnings).toEqual([])
    const { draft } = scene ?? {}
    const cards = draft?.characters.map((one) => (one.bundled === undefined ? viewCard(one.card) : undefined))
    expect(cards?.map((card) => card?.name)).toEqual(['Marta Quill', 'Old Tobias'])
    expect(cards?.[0]).toMatchObject({
      description: 'Keeper of the light.\n\nMarta has kept the light for nine years.',
      scenario: coserCase.scenario,
      her: { book: 'The Lamp at Grey Ness', motivation: 'MARTA-MOTIVE' },
    })
    expect(cards?.[1]?.her.motivation).toBe('TOBIAS-MOTIVE')
    expect(draft).toMatchObject({ title: 'The log book', book: 'The Lamp at Grey Ness', opening: [] })
    expect(draft?.reference?.map(({ speaker }) => speaker)).toEqual([
      { kind: 'environment' },
      { kind: 'character', characterKey: 'c1' },
      { kind: 'character', characterKey: 'c2' },
      { kind: 'character', characterKey: 'c1' },
    ])
    expect(draft?.reference?.every(({ dialect }) => dialect === 'coser')).toBe(true)
  })

  test('a list, a single case and a list in an object are read alike; motivation goes before thought', () => {
    const [example] = coserCase.key_characters
    const both = { ...coserCase, key_characters: [{ ...example, motivation: 'EXAMPLE' }] }
    expect([coserCase, [coserCase], { test_set: [coserCase] }].map((shape) => scenesOf(shape).length)).toEqual([
      1, 1, 1,
    ])
    const [character] = scenesOf(both)[0]?.draft.characters ?? []
    expect(character?.bundled === undefined && character && viewCard(character.card).her.motivation).toBe('EXAMPLE')
  })

  test('says what is wrong, case by case, and reads the rest', () => {
    const odd = {
      ...coserCase,
      key_characters: ['Marta Quill', { thought: 'nameless' }, 7],
      dialogues: [{ character: 'Marta Quill' }, 5, ...coserCase.dialogues],
      character_profiles: [],
      scenario: 4,
    }
    const result = read([coserCase, odd, 'no case', { key_characters: [], dialogues: [] }])
    expect(result).toMatchObject({ format: 'coser', warnings: [expect.stringContaining('2 cases can’t be read')] })
    expect(scenesOf([coserCase, odd])[1]?.warnings).toEqual([
      'One of its key characters has no name and was left out.',
      'A line of its dialogue has no words or no speaker and was left out.',
      'It does not say where it plays.',
    ])
    expect(read([1, 2])).toMatchObject({ kind: 'not-a-scene' })
    expect(read([])).toMatchObject({ kind: 'empty' })
  })

  test('names that bite are names', () => {
    const text = JSON.stringify({
      ...coserCase,
      dialogues: [{ character: '__proto__', message: 'Hello.' }],
      speaking_characters_w_env: ['constructor', 'Environment'],
    }).replace('"Marta Quill":', '"__proto__":')
    const result = readScenes(text)
    const people = result.ok ? result.value.scenes[0]?.draft.characters : []
    expect(people?.map((one) => one.bundled === undefined && viewCard(one.card).name)).toContain('__proto__')
    expect(people?.find((one) => one.bundled === undefined && viewCard(one.card).name === '__proto__')).toMatchObject({
      card: { raw: { data: { description: 'Marta has kept the light for nine years.' } } },
    })
    expect('character' in {}).toBe(false)
  })

  test('never throws, whatever is in it', () => {
    const anything = fc.jsonValue({ maxDepth: 3 })
    const keys = Object.keys(coserCase)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), anything), fc.boolean(), (broken, isList) => {
        const value = { ...coserCase, ...broken }
        const result = read(isList ? [value, broken] : value)
        if ('scenes' in result) {
          for (const { draft, warnings } of result.scenes) {
            const known = new Set(draft.characters.map(({ key }) => key))
            expect(known.size).toBeGreaterThan(0)
            for (const { speaker } of draft.reference ?? []) {
              if (speaker.kind === 'character') expect(known.has(speaker.characterKey)).toBe(true)
            }
            for (const sentence of warnings) expect(sentence).toMatch(/\.$/)
          }
        } else expect(result.sentence).toMatch(/\.$/)
      }),
      { numRuns: 500 },
    )
  })

  test('two hundred cases are read in a moment', () => {
    const long = { ...coserCase, character_profiles: { 'Marta Quill': 'She kept the light. '.repeat(800) } }
    const text = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ ...long, topic: `Case ${index}` })))
    const spent = cpuTime(() => {
      const result = readScenes(text)
      expect(result.ok && result.value.scenes.length).toBe(200)
    })
    expect(spent).toBeLessThan(10_000)
  })
})
