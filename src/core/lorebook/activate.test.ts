import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#core/cards/card.ts'
import { hear } from '#core/scene/hearing.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { activateLore, type LoreSettings } from './activate.ts'
import { knowLore } from './known-lore.ts'
import { activate, ana, attach, bookOf, cast, reasons, say, texts } from './lorebook.test-kit.ts'
import { recallLore } from './recall.ts'

type Fields = Record<string, Json>

const byAna = { kind: 'character', characterId: ana } as const

function entry(content: string, fields: Fields = {}, extensions: Fields = {}): Json {
  return { content, extensions, ...fields }
}

describe('keys', () => {
  const fires = (key: string, said: string, fields: Fields = {}, extensions: Fields = {}) =>
    texts(activate({ entries: [entry('x', { keys: [key], ...fields }, extensions)], turns: [said] })).length === 1

  test.each<[string, string, boolean, Fields?, Fields?]>([
    ['sea', 'The SEA is cold', true],
    ['Sea', 'the seas', true],
    ['Sea', 'the sea', false, { case_sensitive: true }],
    ['Sea', 'the Sea', true, { case_sensitive: true }],
    ['sea', 'the seas', false, {}, { match_whole_words: true }],
    ['sea', 'the sea.', true, {}, { match_whole_words: true }],
    ['sea', 'seasea sea', true, {}, { match_whole_words: true }],
    ['the se', 'the seas', true, {}, { match_whole_words: true }],
    ['海', '大海里', true, {}, { match_whole_words: true }],
    ['/sto(rm|ne)s?/i', 'STONES', true],
    ['/wave\\d+/', 'wave12', true],
    ['/wave/', 'WAVE', false],
    ['wave\\d', 'WAVE1', true, { use_regex: true }],
    ['wave\\d', 'wave1', false],
    ['/usr/bin/', 'in /usr/bin/', true],
    ['(', 'a (', false, { use_regex: true }],
    ['/(a)\\1/', 'aa', false],
    ['{{user}}', 'hello', true],
    ['/\\x01Sam:.*hello/', 'hello', true],
    ['secret', 'it is {{// secret}} here', false],
  ])('%s in "%s": %s', (key, said, expected, fields, extensions) => {
    expect(fires(key, said, fields, extensions)).toBe(expected)
  })

  test('are looked for in the newest messages only', () => {
    const turns = ['sea', 'one', 'two', 'three']
    const found = (fields: Fields, book: Fields = {}, settings: Partial<LoreSettings> = {}) =>
      texts(activate({ entries: [entry('x', { keys: ['sea'], ...fields })], turns, book, settings })).length
    expect(found({})).toBe(0)
    expect(found({ extensions: { scan_depth: 4 } })).toBe(1)
    expect(found({}, { scan_depth: 4 })).toBe(1)
    expect(found({}, {}, { scanDepth: 4 })).toBe(1)
    expect(found({ extensions: { scan_depth: 3 } }, { scan_depth: 4 })).toBe(0)
    expect(found({ content: '@@scan_depth 4\nx' })).toBe(1)
    expect(found({ extensions: { scan_depth: 0 } }, { scan_depth: 4 })).toBe(0)
    expect(found({ extensions: { scan_characters: 40 } })).toBe(1)
    expect(found({ extensions: { scan_characters: 20 } })).toBe(0)
  })

  test('are looked for in the fields an entry asks for', () => {
    const lore = activate({
      entries: [
        entry('persona', { keys: ['tall'] }, { match_persona_description: true }),
        entry('card', { keys: ['sailor'] }, { match_character_description: true }),
        entry('no', { keys: ['sailor'] }),
      ],
    })
    expect(texts(lore)).toEqual(['persona', 'card'])
    expect(reasons(lore)[1]).toBe('Fired: "sailor" was found in the description.')
  })
})

describe('secondary keys', () => {
  const fires = (selectiveLogic: number, said: string) =>
    texts(
      activate({
        entries: [entry('x', { keys: ['sea'], secondary_keys: ['cold', 'deep'], selective: true }, { selectiveLogic })],
        turns: [said],
      }),
    ).length === 1

  test.each([
    // sea · sea cold · sea cold deep
    [0, 'and any', false, true, true],
    [1, 'not all', true, true, false],
    [2, 'not any', true, false, false],
    [3, 'and all', false, false, true],
  ])('%i: %s', (logic, _name, none, one, all) => {
    expect([fires(logic, 'sea'), fires(logic, 'sea cold'), fires(logic, 'sea cold deep')]).toEqual([none, one, all])
    expect(fires(logic, 'cold deep')).toBe(false)
  })

  test('count only where the entry is selective', () => {
    const lore = activate({ entries: [entry('x', { keys: ['sea'], secondary_keys: ['cold'] })], turns: ['sea'] })
    expect(texts(lore)).toEqual(['x'])
  })
})

describe('recursion', () => {
  const chain = (first: Fields = {}, second: Fields = {}) => [
    entry('the sea', { keys: ['ship'] }, first),
    entry('the salt', { keys: ['sea'] }, second),
    entry('the end', { keys: ['salt'] }),
  ]
  const run = (entries: Json[], settings: Partial<LoreSettings> = { recursive: true }) =>
    activate({ entries, turns: ['ship'], settings })

  test('what one entry says calls others, as far as allowed', () => {
    expect(texts(run(chain(), {}))).toEqual(['the sea'])
    expect(texts(run(chain()))).toEqual(['the sea', 'the salt', 'the end'])
    expect(texts(run(chain(), { recursive: true, recursionSteps: 1 }))).toEqual(['the sea', 'the salt'])
    expect(texts(run(chain({ prevent_recursion: true })))).toEqual(['the sea'])
    expect(texts(run(chain({}, { exclude_recursion: true })))).toEqual(['the sea'])
    expect(reasons(run(chain()))[1]).toBe('Fired: "sea" was found in the entry "ship".')
  })

  test('a book says for itself whether it does', () => {
    const lore = activate({ entries: chain(), turns: ['ship'], book: { recursive_scanning: true } })
    expect(texts(lore)).toHaveLength(3)
  })

  test('an entry may wait for it, level by level', () => {
    const waiting = (level: Json) => entry('x', { keys: ['ship'] }, { delay_until_recursion: level })
    expect(texts(run([waiting(true)], { recursionSteps: 0 }))).toEqual([])
    expect(texts(run([waiting(true)]))).toEqual(['x'])
    const lore = run([
      entry('now', { keys: ['ship'] }),
      entry('later', { keys: ['second'] }, { delay_until_recursion: 2 }),
      entry('second', { keys: ['ship'] }, { delay_until_recursion: 1 }),
    ])
    expect(texts(lore)).toEqual(['now', 'later', 'second'])
  })

  test('hidden keys call, and are not told', () => {
    const lore = run([
      entry('a ship{{hidden_key:reef}}', { keys: ['ship'] }),
      entry('rocks', { keys: ['reef'] }),
      entry('none', { keys: ['comment'] }),
      entry('{{comment: comment}}{{// comment}}yes', { keys: ['ship'] }),
    ])
    expect(texts(lore)).toEqual(['a ship', 'rocks', 'yes'])
  })

  test('circles end', () => {
    expect(texts(run([entry('b', { keys: ['ship', 'a'] }), entry('a', { keys: ['b'] })]))).toEqual(['b', 'a'])
  })
})

describe('what fires without keys', () => {
  test('constant entries, unless their keys are patterns', () => {
    const lore = activate({
      entries: [entry('a', { constant: true }), entry('b', { constant: true, use_regex: true })],
    })
    expect(texts(lore)).toEqual(['a'])
    expect(reasons(lore)).toEqual(['Fired: it is constant.', 'Did not fire: it has no keys.'])
  })

  test('nothing that is off, empty, for others, or for other moments', () => {
    const lore = activate({
      entries: [
        entry('off', { constant: true, enabled: false }),
        entry(' ', { constant: true }),
        entry('trigger', { constant: true }, { triggers: ['continue'] }),
        entry('other', { constant: true }, { character_filter: { isExclude: false, names: ['Ben'], tags: [] } }),
        entry('not me', { constant: true }, { character_filter: { isExclude: true, names: [], tags: ['sea'] } }),
        entry('me', { constant: true }, { character_filter: { isExclude: false, names: [], tags: ['sea'] } }),
        entry('late', { constant: true }, { delay: 3 }),
      ],
    })
    expect(texts(lore)).toEqual(['me'])
    expect(reasons(lore)).toEqual([
      'Did not fire: it is switched off.',
      'Fired (it is constant), but left out: it says nothing.',
      'Did not fire: it is only for continue.',
      'Did not fire: it is for other characters.',
      'Did not fire: it is for other characters.',
      'Fired: it is constant.',
      'Did not fire: it waits for 3 messages, and there are 0.',
    ])
  })
})

describe('order and books', () => {
  test('lower order is nearer the top', () => {
    const entries = [30, 10, 20].map((order) => entry(String(order), { constant: true, insertion_order: order }))
    expect(texts(activate({ entries }))).toEqual(['10', '20', '30'])
  })

  test('a book that is attached twice counts once', () => {
    const book = bookOf([entry('x', { constant: true })])
    const lore = activate({ books: [attach(book, 'one'), attach(book, 'two')] })
    expect(texts(lore)).toEqual(['x'])
    expect(lore.explanations).toHaveLength(1)
  })
})

describe('groups', () => {
  const grouped = (content: string, fields: Fields = {}, extensions: Fields = {}) =>
    entry(content, { keys: ['sea'], ...fields }, { group: 'g', ...extensions })

  test('give one entry, by chance and weight', () => {
    const winners = Array.from({ length: 200 }, (_, seed) =>
      texts(
        activate({
          entries: [grouped('a', {}, { group_weight: 300 }), grouped('b'), grouped('c', {}, { group_weight: 0 })],
          turns: ['sea'],
          seed: String(seed),
        }),
      ).join(),
    )
    const share = winners.filter((winner) => winner === 'a').length / 200
    expect(share).toBeGreaterThan(0.6)
    expect(share).toBeLessThan(0.9)
    expect(new Set(winners)).toEqual(new Set(['a', 'b']))
  })

  test('give the one that always wins, by its order', () => {
    const lore = activate({
      entries: [
        grouped('a', { insertion_order: 1 }, { group_override: true }),
        grouped('b', { insertion_order: 2, name: 'B' }, { group_override: true }),
        grouped('c', { insertion_order: 3 }),
        entry('free', { keys: ['sea'], insertion_order: 4 }),
      ],
      turns: ['sea'],
    })
    expect(texts(lore)).toEqual(['b', 'free'])
    expect(reasons(lore)[0]).toBe(
      'Fired ("sea" was found in the newest message), but left out: "B" of the same group (g) was taken.',
    )
  })

  test('give the one with most keys, where that counts', () => {
    const entries = [
      grouped('a', { keys: ['sea', 'cold', 'deep'] }, { group_weight: 1 }),
      grouped('b', {}, { group_weight: 10_000 }),
    ]
    const run = (groupScoring: boolean) =>
      texts(activate({ entries, turns: ['cold deep sea'], settings: { groupScoring } }))
    expect(run(true)).toEqual(['a'])
    expect(run(false)).toEqual(['b'])
  })

  test('that have their entry take no other in a later pass', () => {
    const lore = activate({
      entries: [grouped('salt'), entry('late', { keys: ['salt'] }, { group: 'g, h' })],
      turns: ['sea'],
      settings: { recursive: true },
    })
    expect(texts(lore)).toEqual(['salt'])
  })
})

describe('probability', () => {
  const run = (probability: number, seed: string, extensions: Fields = {}) =>
    texts(activate({ entries: [entry('x', { constant: true }, { probability, ...extensions })], seed })).length

  test('is the share of replies it fires in, and the same each time a reply is made', () => {
    const fired = Array.from({ length: 400 }, (_, seed) => run(30, String(seed)))
    expect(fired).toEqual(Array.from({ length: 400 }, (_, seed) => run(30, String(seed))))
    const share = fired.reduce((sum, each) => sum + each, 0) / 400
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.4)
    expect([run(0, 'a'), run(100, 'a'), run(0, 'a', { useProbability: false })]).toEqual([0, 1, 1])
  })

  test('a failed roll calls no others', () => {
    const entries = [entry('salt', { keys: ['sea'] }, { probability: 0 }), entry('x', { keys: ['salt'] })]
    expect(texts(activate({ entries, turns: ['sea'], settings: { recursive: true } }))).toEqual([])
  })
})

describe('the budget', () => {
  const words = (first: string, count: number) => `${first}${' word'.repeat(count)}`

  test('of a book gives up the lowest priority, and passes over what does not fit', () => {
    const entries = [
      entry(words('low', 20), { constant: true, priority: 1, insertion_order: 9 }),
      entry(words('high', 20), { constant: true, priority: 5, insertion_order: 1 }),
      entry(words('large', 90), { constant: true, priority: 9 }),
      entry(words('free', 90), { constant: true }, { ignore_budget: true }),
    ]
    const lore = activate({ entries, book: { token_budget: 30 } })
    expect(texts(lore).map((text) => text.split(' ')[0])).toEqual(['high', 'free'])
    expect(reasons(lore)[0]).toBe(
      'Fired (it is constant), but left out: it takes 21 tokens, and the budget of 30 tokens for its book is spent.',
    )
  })

  test('of all lore gives up what says it may, then the lowest order', () => {
    const entries = [
      entry(`@@ignore_on_max_context\n${words('yields', 20)}`, { constant: true, insertion_order: 9 }),
      entry(words('one', 20), { constant: true, insertion_order: 1 }),
      entry(words('two', 20), { constant: true, insertion_order: 2 }),
      entry(words('three', 20), { constant: true, insertion_order: 3 }),
    ]
    const kept = (budgetTokens: number) =>
      texts(activate({ entries, settings: { budgetTokens } })).map((text) => text.split(' ')[0])
    expect(kept(1000)).toEqual(['one', 'two', 'three', 'yields'])
    expect(kept(70)).toEqual(['one', 'two', 'three'])
    expect(kept(45)).toEqual(['two', 'three'])
    expect(kept(0)).toEqual([])
  })
})

describe('time', () => {
  const timeline = (extensions: Fields, content = 'x', length = 12) => {
    const known = knowLore([attach(bookOf([entry(content, { keys: ['sea'] }, extensions)]))], ana, cast)
    const turns = Array.from({ length }, (_, index) =>
      index % 2 === 0 ? say(index === 0 || index === 8 ? 'sea' : 'land') : say('Aye.', byAna),
    )
    // Each reply is made from all turns before it.
    return Array.from({ length: length / 2 }, (_, reply) => {
      const input = {
        known,
        cast,
        heard: hear(turns.slice(0, reply * 2 + 1), ana, cast),
        seed: '',
        settings: { scanDepth: 1 },
      }
      return activateLore({ ...input, memory: recallLore(input) }).entries.length
    }).join('')
  }

  test('an entry fires, stays, rests', () => {
    expect(timeline({})).toBe('100010')
    expect(timeline({ sticky: 3 })).toBe('110011')
    expect(timeline({ sticky: 5 })).toBe('111011')
    expect(timeline({ cooldown: 8 })).toBe('100010')
    expect(timeline({ cooldown: 9 })).toBe('100000')
    expect(timeline({ sticky: 3, cooldown: 7 })).toBe('110000')
    expect(timeline({ delay: 2 })).toBe('000010')
  })

  test('an entry fires for ever, or once', () => {
    expect(timeline({}, '@@keep_activate_after_match\nx')).toBe('111111')
    expect(timeline({}, '@@dont_activate_after_match\nx')).toBe('100000')
  })

  test('what stays needs no luck', () => {
    const known = knowLore([attach(bookOf([entry('x', {}, { sticky: 3, probability: 0 })]))], ana, cast)
    const memory = { fired: new Set<string>(), stickyUntil: new Map([['book\n0', 2]]), restsUntil: new Map() }
    const lore = activateLore({ known, cast, heard: hear([say('hi')], ana, cast), seed: '', memory })
    expect(reasons(lore)).toEqual(['Fired: it fired before and stays for 1 more message.'])
  })
})

describe('decorators', () => {
  const run = (content: string, turns: Parameters<typeof activate>[0]['turns'] = ['sea'], fields: Fields = {}) =>
    activate({ entries: [entry(content, { keys: ['sea'], ...fields })], turns, greeting: 0 })

  test.each<[string, boolean]>([
    ['@@dont_activate', false],
    ['@@dont_activate\n@@activate', true],
    ['@@additional_keys cold, deep', false],
    ['@@additional_keys cold, sea\n@@additional_keys sea', true],
    ['@@additional_keys sea\n@@additional_keys cold', false],
    ['@@exclude_keys cold, sea', false],
    ['@@exclude_keys cold', true],
    ['@@exclude_keys_all cold, sea', true],
    ['@@is_greeting 0', true],
    ['@@is_greeting 1', false],
    ['@@activate_only_after 1', false],
    ['@@activate_only_after 0', true],
    ['@@activate_only_every 2', true],
    ['@@probability 0', false],
    ['@@match_full_word', true],
    ['@@unknown_thing 1\n@@@activate_only_after 3', false],
    ['@@a\n@@@b\n@@@c\n@@@d\n@@@e\n@@@dont_activate', false],
    ['@@scan_depth 1\n@@@dont_activate', true],
    ['@@scan_depth many\n@@@dont_activate', false],
    ['@@is_user_icon x\n@@@dont_activate', false],
  ])('%j: %s', (lines, expected) => {
    expect(texts(run(`${lines}\n\nSaid.`))).toEqual(expected ? ['Said.'] : [])
  })

  test('count replies, and force', () => {
    const turns = [say('Hm.', byAna), say('sea')]
    expect(texts(run('@@activate_only_after 1\nx', turns))).toEqual(['x'])
    expect(texts(run('@@activate_only_every 2\nx', turns))).toEqual([])
    expect(texts(run('@@activate\nx', []))).toEqual(['x'])
    expect(texts(run('@@exclude_keys sea\nx', ['sea'], { use_regex: true }))).toEqual(['x'])
  })

  test('say where, and a position beats a depth', () => {
    const place = (lines: string) => run(`${lines}\nx`).entries[0]?.place
    expect(place('@@depth 4\n@@role assistant')).toEqual({ kind: 'depth', depth: 4, role: 'assistant' })
    expect(place('@@role user\n@@depth 0')).toEqual({ kind: 'depth', depth: 0, role: 'user' })
    expect(place('@@reverse_depth 2')).toEqual({ kind: 'reverse-depth', depth: 2, role: 'system' })
    expect(place('@@depth 4\n@@position before_desc')).toEqual({ kind: 'before-character' })
    expect(place('@@position scenario\n@@depth 4')).toEqual({ kind: 'scenario' })
    expect(place('@@position pt_x\n@@@depth 1')).toEqual({ kind: 'depth', depth: 1, role: 'system' })
  })
})

describe('as a whole', () => {
  const fields = fc.record({
    keys: fc.array(fc.constantFrom('sea', 'cold', 'salt', '/s.a+/', '(', ''), { maxLength: 3 }),
    secondary_keys: fc.array(fc.constantFrom('deep', 'cold', 'salt'), { maxLength: 2 }),
    content: fc.constantFrom('salt', 'cold sea', '', '@@depth 2\ndeep', '@@activate\nx', '@@additional_keys sea\ny'),
    constant: fc.boolean(),
    selective: fc.boolean(),
    use_regex: fc.boolean(),
    insertion_order: fc.integer({ min: 0, max: 5 }),
    extensions: fc.record(
      {
        selectiveLogic: fc.integer({ min: 0, max: 3 }),
        probability: fc.integer({ min: 0, max: 100 }),
        group: fc.constantFrom('', 'g', 'h', 'g,h'),
        sticky: fc.integer({ min: 0, max: 3 }),
        prevent_recursion: fc.boolean(),
        exclude_recursion: fc.boolean(),
        delay_until_recursion: fc.integer({ min: 0, max: 2 }),
      },
      { requiredKeys: [] },
    ),
  })

  test('the same input gives the same lore, every entry is explained, budgets hold', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fields, { maxLength: 12 }),
        fc.array(fc.constantFrom('sea', 'cold', 'deep', 'land'), { maxLength: 4 }),
        fc.integer({ min: 0, max: 12 }),
        fc.string(),
        (entries, turns, budgetTokens, seed) => {
          const settings = { recursive: true, budgetTokens }
          const lore = activate({ entries: entries as Json[], turns, seed, settings })
          expect(activate({ entries: entries as Json[], turns, seed, settings }).explanations).toEqual(
            lore.explanations,
          )
          expect(lore.explanations.map(({ entryId }) => entryId)).toEqual(entries.map((_, index) => String(index)))
          const used = lore.explanations.filter(({ verdict }) => verdict.outcome === 'used')
          expect(new Set(lore.entries.map(({ entryId }) => entryId))).toEqual(
            new Set(used.map(({ entryId }) => entryId)),
          )
          expect(lore.entries.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(budgetTokens)
          const groups = lore.entries.flatMap(({ entryId }) => {
            const { group } = (entries[Number(entryId)]?.extensions ?? {}) as { group?: string }
            return (group ?? '').split(',').filter((each) => each !== '')
          })
          expect(new Set(groups).size).toBe(groups.length)
          for (const reason of reasons(lore)) expect(reason).toMatch(/^(Fired|Did not fire).*\.$/)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('hostile patterns take no more than their time', () => {
    const hostile = ['(a+)+$', '(a|aa)+$', '(.*)*=', '([a-z]+\\s?)+:$', '(?=(a+)+$)b', '(a?){30}a{30}!$']
    const entries = Array.from({ length: 300 }, (_, index) =>
      entry('x', { keys: [`/${hostile[index % hostile.length]}${index}/`], use_regex: true }),
    )
    const turns = ['a'.repeat(90_000), 'a'.repeat(90_000)]
    const spent = cpuTime(() => expect(reasons(activate({ entries, turns })).at(-1)).toMatch(/took too long/))
    expect(spent).toBeLessThan(15_000)
  })
})
