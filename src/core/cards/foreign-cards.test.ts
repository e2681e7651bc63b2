import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { Json, JsonObject } from './card.ts'
import { cardFields } from './card-fields.ts'
import { own } from './json-tree.ts'
import { png } from './png-fixture.ts'
import { describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'

function read(file: Json | Uint8Array | { yaml: string }) {
  const isYaml = typeof file === 'object' && file !== null && 'yaml' in file
  const bytes = file instanceof Uint8Array ? file : strToU8(isYaml ? String(file['yaml']) : JSON.stringify(file))
  const result = readCard(bytes, 'x')
  if (!result.ok) throw new Error(describeCardError(result.error))
  const { document, warnings } = result.value
  for (const warning of warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].*\.$/)
  // Whatever it was, it can be written as a card and read again with nothing lost.
  const again = readCard(writeCard({ document }, 'json-v3'))
  if (!again.ok) throw new Error(describeCardError(again.error))
  expect(viewCard(again.value.document)).toEqual(viewCard(document))
  expect(own(cardFields(again.value.document), 'extensions')).toEqual(own(cardFields(document), 'extensions'))
  return { ...result.value, view: viewCard(document), fields: cardFields(document) }
}

function errorOf(text: string) {
  const result = readCard(strToU8(text))
  if (result.ok) throw new Error('Read, and should not have been')
  expect(describeCardError(result.error)).toMatch(/^[A-Z].*\.$/)
  return result.error
}

test('Pygmalion: fields get their names, others stay', () => {
  const { view, fields, warnings } = read({
    char_name: 'A',
    char_persona: 'p',
    char_greeting: 'g',
    example_dialogue: 'e',
    world_scenario: 's',
    mine: [1],
  })
  expect(view).toMatchObject({ name: 'A', description: 'p', greetings: ['g'], exampleDialogue: 'e', scenario: 's' })
  expect(own(fields, 'mine')).toEqual([1])
  expect(warnings).toEqual([{ type: 'converted', from: 'Pygmalion' }])
})

test('Character.AI', () => {
  const { view } = read({ name: 'A', title: 't', greeting: 'g', description: 'd', definition: 'x' })
  expect(view).toMatchObject({ name: 'A', description: 'd', greetings: ['g'], exampleDialogue: 'x' })
})

describe('YAML', () => {
  test('as text-generation-webui writes it', () => {
    const yaml =
      'name: Ana 灯\ngreeting: |-\n  Hello\n\n  "You"\ncontext: "A: b"\nyes: no\nnumber: 1.0\n__proto__:\n  polluted: 1\n'
    const { view, document, source } = read({ yaml })
    expect(source).toBe('yaml')
    expect(view).toMatchObject({ name: 'Ana 灯', description: 'A: b', greetings: ['Hello\n\n"You"'] })
    expect(own(document.raw, 'yes')).toBe('no')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.hasOwn(document.raw, '__proto__')).toBe(true)
  })

  test('broken, or with no character in it', () => {
    expect(errorOf('name: A\ncontext: "b\n')).toMatchObject({ type: 'malformed-yaml', line: 2 })
    expect(errorOf('name: "### Assistant:"\ngreeting: x\n')).toMatchObject({ type: 'not-a-card' })
  })

  test('bombs of anchors, of levels and of sheer length', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n}: &a${n} [${`*a${n - 1}, `.repeat(n === 0 ? 0 : 9)}x]`)
    expect(errorOf(`name: A\ncontext: b\n${levels.join('\n')}\n`)).toMatchObject({ type: 'malformed-yaml' })
    expect(errorOf(`name: A\ncontext: ${'['.repeat(10_000)}`)).toMatchObject({ type: 'yaml-too-deep' })
    const stairs = Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}a:\n`).join('')
    expect(errorOf(`name: A\ncontext: b\n${stairs}`)).toMatchObject({ type: 'yaml-too-large' })
    const manyMarks = `name: A\ncontext: b\nl: [${','.repeat(20_000)}]`
    expect(errorOf(manyMarks)).toMatchObject({ type: 'json-too-many-values' })
    const fewMarks = `name: A\ncontext: b\nl: [${','.repeat(15_000)}]`
    expect(cpuTime(() => errorOf(fewMarks))).toBeLessThan(1000)
    const fewer = Array.from({ length: 700 }, (_, n) => `${' '.repeat(n)}a:\n`).join('')
    expect(errorOf(`name: A\ncontext: b\n${fewer}`)).toMatchObject({ type: 'yaml-too-deep' })
    expect(errorOf(`name: A\ncontext: b\n${'- '.repeat(10_000)}`)).toMatchObject({ type: 'yaml-too-deep' })
    expect(errorOf(`name: A\ncontext: b\n#${' '.repeat(1_048_576)}`)).toMatchObject({ type: 'yaml-too-large' })
  })
})

describe('Agnai', () => {
  const base = {
    kind: 'character',
    name: 'Ana',
    description: 'notes',
    greeting: 'Hi',
    alternateGreetings: ['Hey'],
    scenario: 's',
    sampleChat: 'e',
    voice: { service: 'x' },
  }
  test.each<[string, JsonObject, string]>([
    ['text', { text: ['Free'] }, 'Free'],
    ['attributes', { mind: ['calm', 'kind'], age: ['40'] }, 'mind: calm, kind\nage: 40'],
    ['boostyle', { mind: ['calm', 'kind'] }, 'Ana + calm + kind'],
    ['wpp', { mind: ['calm', 'kind'] }, '[character("Ana") {\nmind("calm" + "kind")\n}]'],
    ['sbf', { mind: ['calm', 'kind'] }, '[ character: "Ana"; mind: "calm", "kind" ]'],
  ])('a persona of kind %s', (kind, attributes, description) => {
    const { view, fields } = read({ ...base, persona: { kind, attributes } })
    expect(view).toMatchObject({ name: 'Ana', description, greetings: ['Hi', 'Hey'], creatorNotes: 'notes' })
    expect(own(fields, 'extensions')).toEqual({
      agnai: { kind: 'character', voice: base.voice, persona: { kind, attributes } },
    })
  })

  test('its book becomes the card’s', () => {
    const entry = { name: 'n', entry: 'text', keywords: ['a', 'b'], weight: 3, priority: 2, enabled: false, own: 1 }
    const { fields } = read({ ...base, persona: 'p', characterBook: { kind: 'memory', entries: [entry] } })
    expect(own(fields, 'character_book')).toMatchObject({
      kind: 'memory',
      entries: [
        {
          keys: ['a', 'b'],
          content: 'text',
          insertion_order: 3,
          priority: 2,
          enabled: false,
          name: 'n',
          extensions: { agnai: { own: 1 } },
        },
      ],
    })
  })
})

describe('Backyard', () => {
  test('JSON', () => {
    const { view, fields, warnings } = read({
      character: {
        aiName: 'Ana',
        aiDisplayName: 'Ana of the Tower',
        aiPersona: '{character} knows {user}. {{char}} too.',
        customDialogue: '#{user}: hi\n#{character}: hello',
        firstMessage: 'Hello {user}',
        basePrompt: 'b',
        scenario: 's',
        isNSFW: true,
        loreItems: [{ key: 'a, b', value: '{user}', order: 'a0' }],
        Chat: [{}, {}],
        temperature: 0.8,
      },
      version: 4,
    })
    expect(view).toMatchObject({
      name: 'Ana',
      description: '{{char}} knows {{user}}. {{char}} too.',
      exampleDialogue: '<START>\n{{user}}: hi\n{{char}}: hello',
      greetings: ['Hello {{user}}'],
      systemPrompt: 'b',
      tags: ['nsfw'],
    })
    expect(own(fields, 'extensions')).toEqual({
      display_name: 'Ana of the Tower',
      backyard: { temperature: 0.8, version: 4 },
    })
    expect(own(fields, 'character_book')).toMatchObject({
      entries: [{ keys: ['a', 'b'], content: '{{user}}', extensions: { backyard: { order: 'a0' } } }],
    })
    expect(warnings).toEqual([
      { type: 'converted', from: 'Backyard' },
      { type: 'left-out-chats', count: 2 },
    ])
  })

  const character = {
    id: 'c',
    name: 'Ana',
    displayName: 'Ana T.',
    persona: '{user}',
    images: [{ path: 'images/a.png', label: 'face' }],
  }
  const scenario = {
    title: 'T',
    narrative: 'n',
    firstMessages: [{ characterID: 'c', text: 'Hi' }],
    messages: [{}],
    topK: 4,
  }
  const archive = (more: Record<string, Json> = {}, folder = '') => {
    const files = {
      'manifest.json': {
        schemaVersion: 1,
        author: { name: 'Auth' },
        characters: ['characters/c/character.json'],
        scenarios: ['scenarios/1.json', 'scenarios/2.json'],
      },
      'characters/c/character.json': character,
      'scenarios/1.json': scenario,
      'scenarios/2.json': { ...scenario, narrative: 'other', firstMessages: [{ text: 'Hey' }], messages: [] },
      ...more,
    }
    const entries = Object.entries(files).map(([name, file]) => [folder + name, strToU8(JSON.stringify(file))] as const)
    return zipSync(Object.fromEntries([...entries, [`${folder}characters/c/images/a.png`, png([])]]))
  }

  test('an archive (BYAF)', () => {
    for (const folder of ['', 'Ana/']) {
      const found = read(archive({}, folder))
      expect(found.view).toMatchObject({
        name: 'Ana',
        description: '{{user}}',
        scenario: 'n',
        greetings: ['Hi', 'Hey'],
        creator: 'Auth',
      })
      expect(found.picture).toMatchObject({ bytes: png([]), type: 'image/png' })
      expect(found.warnings.map(({ type }) => type)).toEqual(['converted', 'left-out-chats'])
      expect(own(found.fields, 'extensions')).toMatchObject({
        display_name: 'Ana T.',
        backyard: {
          manifest: { schemaVersion: 1, author: { name: 'Auth' } },
          character: { id: 'c' },
          scenarios: [{ title: 'T', topK: 4 }, { narrative: 'other' }],
        },
      })
      const again = readCard(writeCard(found, 'charx'))
      expect(again.ok && again.value).toMatchObject({
        picture: { bytes: png([]) },
        warnings: [],
        document: found.document,
      })
    }
  })

  test('an archive with a scenario missing, and one without its character', () => {
    const manifest = {
      characters: ['characters/c/character.json', 'x'],
      scenarios: ['../../etc/passwd', 'scenarios/1.json'],
    }
    expect(read(archive({ 'manifest.json': manifest })).warnings.map(({ type }) => type)).toEqual([
      'converted',
      'skipped-entry',
      'other-characters',
      'left-out-chats',
    ])
    const result = readCard(archive({ 'manifest.json': { characters: ['no.json'], scenarios: [] } }))
    expect(result.ok ? undefined : result.error).toEqual({ type: 'missing-entry', path: 'no.json' })
  })
})
