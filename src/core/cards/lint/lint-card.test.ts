import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { CardDocument, Json, JsonObject } from '../card.ts'
import { createCard } from '../create-card.ts'
import { editField } from '../edit-card.ts'
import { jsonEqual } from '../json-tree.ts'
import { readCards } from '../read-card.ts'
import { applyFix, editPlace } from './advice.ts'
import { lintCard } from './lint-card.ts'
import { placeName } from './place-names.ts'

/** A card that has all a card should have. */
const sound = createCard({
  name: 'Anna Vale',
  description: '{{char}} keeps the ferry at Low Water, and the debts of everyone who crosses on it.',
  personality: 'Dry, patient, exact.',
  scenario: 'The last crossing of the day. {{user}} is on the jetty.',
  greetings: [
    '*She does not look up from the rope.* "You are late. The river is not, and I charge for the difference."',
  ],
  exampleDialogue: '<START>\n{{user}}: Do you swim?\n{{char}}: *laughs* "I own the boat."',
  her: { book: 'The Ferry at Low Water', motivation: 'To be owed nothing.', relationships: { Tom: 'Her brother.' } },
})

function found(document: CardDocument): string[] {
  return lintCard(document).map(({ id }) => id)
}

function withField(field: string, value: Json): CardDocument {
  return editField(sound, field, value)
}

test('a sound card is left in peace', () => {
  expect(lintCard(sound)).toEqual([])
})

describe('a rule finds', () => {
  test.each<[string, string, Json]>([
    ['speaks-for-user', 'first_mes', 'Hello there, traveller, and welcome to the inn.\n{{user}}: Hello.\nSit down.'],
    ['acts-for-user', 'first_mes', '*{{user}} nods and sits down by the fire.* "You are welcome here, all of you."'],
    ['acts-for-user', 'first_mes', '"Sit," she says, and waits by the fire. You nod and take the chair.'],
    ['no-greeting', 'first_mes', ''],
    ['greeting-length', 'first_mes', 'word '.repeat(900)],
    ['greeting-length', 'first_mes', 'Hi.'],
    ['description-length', 'description', 'A plain word. '.repeat(1500)],
    ['placeholder', 'description', '[Insert name here] keeps the ferry.'],
    ['placeholder', 'scenario', 'Somewhere. (insert place here)'],
    ['broken-macro', 'description', '{char} keeps the ferry, and {{user} pays for it.'],
    ['unbalanced-macro', 'description', 'She keeps {{random: a, b and the ferry.'],
    ['unknown-macro', 'description', 'She keeps {{lastMessage}}.'],
    ['mixed-marks', 'first_mes', '<role_action>nods</role_action>Come in, come in. *waves you nearer to the fire*'],
    ['odd-asterisks', 'first_mes', '*She nods and waits for the river to settle.\n"Come in."'],
    [
      'told-thought',
      'first_mes',
      '*Late again, she thinks to herself.* "The river waits for nobody, and neither do I."',
    ],
    ['told-thought', 'mes_example', '<START>\n{{char}}: <role_thinking>She hopes that he stays.</role_thinking>Stay.'],
    ['instructions-in-profile', 'description', 'She keeps the ferry. Never speak for {{user}}.'],
    ['you-for-user', 'description', 'Anna is your roommate. You met years ago.'],
    ['user-without-macro', 'scenario', 'The user waits on the jetty.'],
    ['name-for-char', 'description', '{{char}} keeps the ferry. Anna Vale owes nobody.'],
    ['name-for-char', 'mes_example', '<START>\n{{user}}: Hello?\nAnna Vale: "Late."'],
    ['list-form', 'description', '[Character("Anna") { Age("30") Traits("dry" + "patient") Hair("red") }]'],
    ['list-form', 'description', '[Name: Anna; Age: 30; Traits: dry, patient; Likes: rope, rain, ledgers;]'],
    ['image', 'first_mes', 'Come in, it is warm by the fire, and there is soup.\n![me](https://example.org/me.png)'],
    ['address', 'description', 'She keeps the ferry. See https://example.org/anna for more.'],
    ['examples-without-names', 'mes_example', '<START>\n"I own the boat."'],
    ['examples-without-start', 'mes_example', '{{char}}: "I own the boat."'],
    ['no-examples', 'mes_example', ''],
    ['no-scenario', 'scenario', ' '],
    ['no-name', 'name', ''],
  ])('%s in %s', (rule, field, value) => {
    const ids = found(withField(field, value))
    expect(ids.map((id) => id.split(':')[0])).toContain(rule)
  })

  test('what HER has a section for and the card has not', () => {
    expect(found(editField(sound, 'extensions', {}))).toEqual([
      'no-motivation:extensions.her.motivation',
      'no-book:extensions.her.book',
      'no-relationships:extensions.her.relationships',
    ])
  })

  test('what stands twice', () => {
    const paragraph = 'She keeps the ferry at Low Water, and the debts of everyone who ever crossed on it.'
    const twice = withField('personality', `${paragraph}\n\nDry.`)
    const both = editField(twice, 'description', `Anna.\n\n${paragraph}`)
    expect(found(both)).toEqual(['duplicate:personality'])
    const [advice] = lintCard(both)
    expect(advice?.fix?.after).toBe('Dry.')
    const greetings = withField('alternate_greetings', ['Other words of hers, more than ever were said.', 'A', 'A'])
    expect(found(greetings)).toContain('same-greetings:alternate_greetings')
  })

  test('what is wrong in a lorebook', () => {
    const entry = { keys: [], content: 'Deep.', enabled: true, insertion_order: 1, extensions: {} }
    const entries = [
      entry,
      { ...entry, keys: ['river', ' '] },
      { ...entry, constant: true, content: '' },
      { ...entry, enabled: false },
      { ...entry, content: '@@activate\nAlways.' },
    ]
    expect(found(withField('character_book', { entries, extensions: {} }))).toEqual([
      'no-keys:character_book.entries.0.keys',
      'empty-key:character_book.entries.1.keys',
      'empty-entry:character_book.entries.2.content',
    ])
  })

  test('that a card leaves no room for a story', () => {
    const long = withField('description', 'A plain word. '.repeat(500))
    expect(lintCard(long, 2000).map(({ id }) => id)).toEqual(['permanent-length:'])
    expect(lintCard(long, 8192)).toEqual([])
  })
})

describe('a rule leaves alone', () => {
  test.each<[string, string]>([
    ['first_mes', '"You nod too much," she says, and turns the lamp down. "It will be the death of you."'],
    ['first_mes', '- one\n* two, which is a bullet\n**Bold** words and *an action*, and so the evening begins.'],
    ['description', 'You are Anna, who keeps the ferry. Your debts are other people’s. You sleep badly.'],
    ['description', 'Her smile finishes your sentence before you know it.'],
    ['description', 'She writes {{// a note }} and {{random::a::b}} and {{{char}}} and {{roll:d6}}.'],
    ['mes_example', '<START>\n{{char}}: "My name is Anna Vale."'],
    ['system_prompt', 'Stay in character. Never speak for {{user}}.'],
    ['creator_notes', 'More at https://example.org.'],
  ])('%s: %s', (field, text) => {
    expect(found(withField(field, text))).toEqual([])
  })
})

describe('a fix', () => {
  test.each<[string, string, string]>([
    [
      'first_mes',
      'Come in, sit down, it is warm here.\r\n{{user}}: Hello.\r\nThere is soup.',
      'Come in, sit down, it is warm here.\r\nThere is soup.',
    ],
    ['description', '{char} keeps {{ user }, and {{char}}.', '{{char}} keeps {{user}}, and {{char}}.'],
    [
      'first_mes',
      '<role_action>nods</role_action>Come in, come in. *waves you nearer*',
      '<role_action>nods</role_action>Come in, come in. <role_action>waves you nearer</role_action>',
    ],
    [
      'first_mes',
      '  *She nods, and waits for the river to be quiet. \n"Come in."',
      '  *She nods, and waits for the river to be quiet.* \n"Come in."',
    ],
    ['scenario', 'The user waits; user and ferry.', '{{user}} waits; user and ferry.'],
    [
      'description',
      '{{char}} is kind. Anna Vale’s boat is not. Anna Valentine is.',
      '{{char}} is kind. {{char}}’s boat is not. Anna Valentine is.',
    ],
  ])('of %s: %s', (field, before, after) => {
    const [advice] = lintCard(withField(field, before)).filter(({ fix }) => fix)
    expect(advice?.fix).toMatchObject({ before, after })
  })
})

const words = fc.constantFrom(
  '{{user}}',
  '{{char}}',
  '{{',
  '}}',
  '{char}',
  '{{user}',
  '<role_action>',
  '</role_action>',
  '<role_thinking>',
  '*',
  '**',
  '\n',
  '\n\n',
  '\r\n',
  ' ',
  '"',
  '“',
  '”',
  ': ',
  'Anna',
  'Anna Vale',
  'the user',
  'You nod',
  'you',
  'your friend',
  '{{user}}:',
  'nods',
  '![a](b)',
  '![',
  '](',
  '<img>',
  '<START>',
  'Insert name here',
  '[Name: x; Age: y; Of: z;]',
  'Traits("a" + "b")',
  '+',
  'She keeps the ferry at Low Water, and the debts of everyone who ever crossed on it.',
  'https://a.example',
  'thinks to herself',
)
const text = fc.oneof(
  fc.array(words, { maxLength: 25 }).map((parts) => parts.join('')),
  fc.string(),
)
const entry = fc.record({ keys: fc.array(fc.constantFrom('', ' ', 'key')), content: text, enabled: fc.boolean() })
const written: fc.Arbitrary<CardDocument> = fc
  .record({
    name: fc.constantFrom('Anna Vale', 'char', 'user', '{', '*', ''),
    nickname: fc.constantFrom('', 'Anna'),
    description: text,
    personality: text,
    scenario: text,
    first_mes: text,
    alternate_greetings: fc.array(text, { maxLength: 4 }),
    mes_example: text,
    system_prompt: text,
    creator_notes: text,
    extensions: fc.record({ her: fc.record({ motivation: text, relationships: fc.dictionary(fc.string(), text) }) }),
    character_book: fc.record({ entries: fc.array(entry, { maxLength: 3 }) }),
  })
  .map((data) => ({ spec: 'v3', raw: { spec: 'chara_card_v3', data } as unknown as JsonObject }))

const anyTree = fc.jsonValue({ maxDepth: 6 }).map((data): CardDocument => {
  const names = ['name', 'description', 'first_mes', 'alternate_greetings', 'character_book', 'extensions', 'tags']
  return { spec: 'v2', raw: { data: Object.fromEntries(names.map((name) => [name, data as Json])) } }
})

describe('on any card', () => {
  test('nothing is thrown, ids are unique, ranges lie in the text, and sentences are sentences', () => {
    fc.assert(
      fc.property(fc.oneof(written, anyTree), (document) => {
        const advice = lintCard(document)
        expect(new Set(advice.map(({ id }) => id)).size).toBe(advice.length)
        for (const { range, sentence, path } of advice) {
          expect(placeName(path)).not.toBe('')
          expect(sentence).toMatch(/[.?!)”:]$/)
          const value = valueAt(document, path)
          if (range) expect(range.start >= 0 && range.start < range.end).toBe(true)
          if (range) expect(String(value).length).toBeGreaterThanOrEqual(range.end)
        }
      }),
    )
  })

  test('a fix makes its own advice go away, and changes nothing but its place', () => {
    fc.assert(
      fc.property(written, (document) => {
        for (const advice of lintCard(document)) {
          if (!advice.fix) continue
          const fixed = applyFix(document, advice)
          expect(found(fixed)).not.toContain(advice.id)
          expect(advice.fix.after).not.toBe(advice.fix.before)
          const back = editPlace(fixed, advice.path, valueAt(document, advice.path))
          expect(jsonEqual(back.raw, document.raw)).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  test.each([
    '{',
    '{{',
    '}}',
    '*',
    '"',
    '“',
    '![',
    '<img ',
    '[',
    '{{user}}:',
    '<role_action>',
    '{{a',
    'You nod. ',
    'Traits("',
    'http://',
    '\n',
    ' ',
    'You ',
    'Anna Vale ',
  ])('time grows with the text, whatever it is made of: %j', (part) => {
    const card = (length: number) => {
      const long = part.repeat(length / part.length)
      return ['description', 'first_mes', 'mes_example'].reduce((made, field) => editField(made, field, long), sound)
    }
    lintCard(card(20_000))
    expect(cpuTime(() => lintCard(card(120_000)))).toBeLessThan(3000)
  })
})

function valueAt({ raw }: CardDocument, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (tree, step) => (tree as Record<string, Json> | undefined)?.[step],
    raw['data'] as Json,
  )
}

describe('cards of the world', () => {
  test('bundled ones get no advice at all', () => {
    for (const name of readdirSync('characters')) {
      const file = resolve('characters', name, 'card.json')
      if (!existsSync(file)) continue
      for (const item of readCards(new Uint8Array(readFileSync(file)))) {
        expect(item.result.ok && found(item.result.value.document), name).toEqual([])
      }
    }
  })

  const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')
  const reason = existsSync(corpus) ? '' : ` (skipped: no card corpus at ${corpus}; set CARD_CORPUS)`
  test.skipIf(!existsSync(corpus))(`others’ get advice that was read and found right${reason}`, () => {
    const rules = new Set<string>()
    for (const folder of ['real/json', 'real/png', 'real/charx']) {
      for (const name of readdirSync(resolve(corpus, folder))) {
        const bytes = new Uint8Array(readFileSync(resolve(corpus, folder, name)))
        for (const { result } of readCards(bytes, name)) {
          if (result.ok) for (const id of found(result.value.document)) rules.add(id.split(':')[0] ?? '')
        }
      }
    }
    expect([...rules].sort()).toEqual([
      'examples-without-start',
      'greeting-length',
      'image',
      'instructions-in-profile',
      'no-book',
      'no-examples',
      'no-greeting',
      'no-motivation',
      'no-name',
      'no-relationships',
      'no-scenario',
      'user-without-macro',
    ])
  })
})
