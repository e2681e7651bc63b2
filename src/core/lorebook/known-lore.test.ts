import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#core/cards/card.ts'
import { emptyCard } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { activateLore } from './activate.ts'
import { type ActiveLore, createActiveLore, isLoreFor } from './active-lore.ts'
import { type AttachedBook, type KnownLore, knowLore } from './known-lore.ts'
import { activate, ana, attach, ben, bookOf, cast, reasons, say, texts } from './lorebook.test-kit.ts'

const secret = (knownTo: Json, content = 'secret') => ({ constant: true, content, extensions: { her: { knownTo } } })

describe('a private entry', () => {
  test.each<[string, Json, boolean, boolean]>([
    ['a name', 'Ana', true, false],
    ['a name in any case', ['ana '], true, false],
    ['an id', ['ben'], false, true],
    ['several', 'Ana, Ben', true, true],
    ['nobody', [], false, false],
    ['nonsense', { a: 1 }, false, false],
    ['someone who is not here', 'Carl', false, false],
    ['null, as if it were not there', null, true, true],
    ['the owner of a book that has none', '{{char}}', false, false],
  ])('that names %s', (_what, knownTo, byAna, byBen) => {
    const knows = (reader: CharacterId) => texts(activate({ entries: [secret(knownTo)], reader })).length === 1
    expect([knows(ana), knows(ben)]).toEqual([byAna, byBen])
  })

  test('of a card is its character’s', () => {
    const own: AttachedBook = {
      id: 'own',
      book: bookOf([secret('{{char}}'), secret('Ben'), { constant: true, content: 'open' }]),
      attachedTo: { kind: 'character', characterId: ana },
    }
    expect(texts(activate({ books: [own], reader: ana }))).toEqual(['secret', 'open'])
    const lore = activate({ books: [own], reader: ben })
    expect(texts(lore)).toEqual([])
    expect(reasons(lore)).toEqual([
      'Did not fire: only {{char}} may know it.',
      'Did not fire: only Ben may know it.',
      "Did not fire: its book is another character's.",
    ])
  })

  test('is closed to a namesake', () => {
    const twins: Cast = {
      ...cast,
      characters: [ana, ben].map((id) => ({ id, card: { ...emptyCard, name: 'Ana' } })),
    }
    const known = (books: AttachedBook[], reader: CharacterId) => knowLore(books, reader, twins).entries.length
    expect([ana, ben].map((reader) => known([attach(bookOf([secret('Ana')]))], reader))).toEqual([0, 0])
    const own: AttachedBook = {
      id: 'own',
      book: bookOf([secret('Ana')]),
      attachedTo: { kind: 'character', characterId: ana },
    }
    expect([ana, ben].map((reader) => known([own], reader))).toEqual([1, 0])
  })
})

describe('the gate', () => {
  test('is not gone around, by type or at run time', () => {
    const known = knowLore([attach(bookOf([secret('Ana')]))], ben, cast)
    // @ts-expect-error a copy is no known lore
    const forged: KnownLore = { ...known, entries: known.unknown }
    expect(() => activateLore({ known: forged, cast, heard: [], seed: '' })).toThrow()
    const used = known.unknown.map((placed) => ({ placed, text: 'secret', tokens: 1 }))
    const memory = { fired: new Set<string>(), stickyUntil: new Map(), restsUntil: new Map() }
    expect(() => createActiveLore(known, used, [], memory)).toThrow('not known')
    const lore = activate({ entries: [secret('Ana')], reader: ana })
    // @ts-expect-error nor is a copy of what fired
    const copy: ActiveLore = { ...lore }
    expect([isLoreFor(lore, ana), isLoreFor(lore, ben), isLoreFor(copy, ana)]).toEqual([true, false, false])
  })

  test('lore is not looked for in what another heard', () => {
    const known = knowLore([attach(bookOf([{ keys: ['sea'], content: 'x' }]))], ben, cast)
    expect(() => activateLore({ known, cast, heard: hear([say('sea')], ana, cast), seed: '' })).toThrow('did not hear')
  })
})

describe('canaries', () => {
  const readers = [ana, ben]
  const knownTos = fc.constantFrom<Json>('Ana', 'Ben', ['Ana', 'Ben'], '{{char}}', ['ana'], [], 'Carl', null)
  const recipe = fc.record({
    knownTo: knownTos,
    attachedTo: fc.constantFrom<AttachedBook['attachedTo']>(
      { kind: 'everywhere' },
      { kind: 'chat' },
      { kind: 'character', characterId: ana },
      { kind: 'character', characterId: ben },
    ),
    /** How it may get into a prompt: by itself, called by the chat, or called by another entry. */
    way: fc.constantFrom('constant', 'key', 'called', 'decorator'),
    position: fc.integer({ min: 0, max: 7 }),
    group: fc.constantFrom('', 'g'),
  })

  function mayKnow(
    reader: CharacterId,
    { knownTo, attachedTo }: { knownTo: Json; attachedTo: AttachedBook['attachedTo'] },
  ) {
    const owner = attachedTo.kind === 'character' ? attachedTo.characterId : undefined
    if (owner !== undefined && owner !== reader) return false
    if (knownTo === null) return true
    const names = [knownTo].flat() as Json[]
    const own = reader === ana ? ['Ana', 'ana'] : ['Ben', 'ben']
    return names.some((name) => own.includes(String(name)) || (name === '{{char}}' && owner === reader))
  }

  test('no prompt holds what its character may not know', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(recipe, { minLength: 1, maxLength: 8 }), (recipes) => {
        const books = recipes.map((each, index): AttachedBook => {
          const entry = {
            name: `title ${index}`,
            keys: each.way === 'constant' ? [] : [each.way === 'called' ? 'canary' : 'sea'],
            constant: each.way === 'constant',
            content: `${each.way === 'decorator' ? '@@activate\n' : ''}canary${index}x {{outlet::home}}`,
            extensions: {
              position: each.position,
              outlet_name: 'home',
              group: each.group,
              her: { knownTo: each.knownTo },
            },
          }
          return { id: String(index), book: bookOf([entry]), attachedTo: each.attachedTo }
        })
        for (const reader of readers) {
          const card = { ...emptyCard, name: reader === ana ? 'Ana' : 'Ben', description: '{{outlet::home}}' }
          const scene: Cast = {
            ...cast,
            characters: cast.characters.map((member) => (member.id === reader ? { id: reader, card } : member)),
          }
          const heard = hear([say('The sea.')], reader, scene)
          const lore = activateLore({
            known: knowLore(books, reader, scene),
            cast: scene,
            heard,
            seed: '',
            settings: { recursive: true },
          })
          const prompt = buildPrompt({ character: reader, cast: scene, heard, lore })
          const text = prompt.messages.map(({ content }) => content).join('\n')
          for (const [index, each] of recipes.entries()) {
            if (!mayKnow(reader, each)) expect(text).not.toContain(`canary${index}x`)
            else if (each.group === '' && each.way !== 'called') expect(text).toContain(`canary${index}x`)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('no key is found in what another thought or planned, nor in what the user did', { timeout: 60_000 }, () => {
    const part = fc.constantFrom('system_thinking', 'role_thinking', 'role_action', 'speech', 'user-thought')
    fc.assert(
      fc.property(fc.array(fc.tuple(part, fc.constantFrom(ana, ben)), { minLength: 1, maxLength: 6 }), (parts) => {
        const turns = parts.map(([kind, characterId], index): Turn => {
          const word = `canary${index}x`
          if (kind === 'user-thought') return say(`Hello. [I hope ${word}]`)
          const text = kind === 'speech' ? word : `<${kind}>${word}</${kind}>`
          return say(`${text} Aye.`, { kind: 'character', characterId })
        })
        const entries = parts.map((_, index) => ({
          keys: [`canary${index}x`, `/canary${index}x+/`],
          content: `${index}`,
        }))
        for (const reader of readers) {
          const lore = activate({ entries, turns, reader, settings: { scanDepth: 100 } })
          const expected = parts.map(
            ([kind, by]) => kind === 'role_action' || kind === 'speech' || (kind === 'role_thinking' && by === reader),
          )
          expect(lore.explanations.map(({ verdict }) => verdict.outcome === 'used')).toEqual(expected)
        }
      }),
      { numRuns: 300 },
    )
  })
})
