import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '#core/cards/card.ts'
import { corpusSeeds, fuzzRuns, mutationFor } from '#core/cards/mutations.test-kit.ts'
import { payload, png, tEXt } from '#core/cards/png-fixture.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { Lorebook } from './lorebook.ts'
import { describeLorebookWarning } from './lorebook-warning.ts'
import { describeLorebookError, readLorebook, readLorebookTree } from './read-lorebook.ts'
import { tryLore } from './try-lore.ts'
import { writeLorebook } from './write-lorebook.ts'

const encode = (tree: Json) => new TextEncoder().encode(JSON.stringify(tree))
const worldInfo = {
  entries: { 7: { uid: 7, key: ['sea', '/wave\\d/i'], keysecondary: ['cold'], selectiveLogic: 3, content: 'x' } },
}
const cardBook = {
  name: 'B',
  scan_depth: 3,
  token_budget: 100,
  recursive_scanning: true,
  entries: [{ keys: ['sea'], content: '@@depth 2\n@@@role user\nIt is {{random:cold,warm}}.', insertion_order: 1 }],
}
const novelAi = { lorebookVersion: 5, entries: [{ text: 'x', displayName: 'y', keys: ['sea'], searchRange: 100 }] }
const seeds: readonly Uint8Array[] = [
  ...[
    worldInfo,
    cardBook,
    { spec: 'lorebook_v3', data: cardBook },
    { type: 'risu', data: [{ key: 'sea, a', comment: 'c', content: '@@position before_desc\nx', useRegex: true }] },
    { kind: 'memory', name: 'm', entries: [{ name: 'n', entry: 'x', keywords: ['se*'], priority: 1, weight: 2 }] },
    novelAi,
  ].map(encode),
  png([tEXt('naidata', payload(novelAi))]),
  ...corpusSeeds('real/lorebook'),
]

const contentsOf = ({ entries }: Lorebook) => entries.map(({ content }) => content).sort()

/** What was read is fit for use, and for writing. */
function check(book: Lorebook): void {
  tryLore(book, 'Anna: The sea is cold.\n\nSam: Wave1.')
  for (const target of ['lorebook-v3', 'world-info'] as const) {
    const again = readLorebookTree(writeLorebook(book, target))
    if (!again.ok) throw new Error(describeLorebookError(again.error))
    expect(contentsOf(again.value.book)).toEqual(contentsOf(book))
  }
}

test(`${fuzzRuns} spoiled lorebooks: each is read or refused with a sentence, at once`, {
  timeout: 60_000 + fuzzRuns * 60,
}, () => {
  let slowest = 0
  const outcomes = { read: 0, refused: 0 }
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(mutationFor(seeds), { minLength: 1, maxLength: 4 }),
      (seed, mutations) => {
        const bytes = mutations.reduce((spoiled, mutate) => mutate(spoiled), seed)
        let read: ReturnType<typeof readLorebook> | undefined
        slowest = Math.max(
          slowest,
          cpuTime(() => {
            read = readLorebook(bytes)
          }),
        )
        if (!read?.ok) {
          expect(read && describeLorebookError(read.error)).toMatch(/^[A-Z].+\.$/s)
          outcomes.refused++
          return
        }
        for (const warning of read.value.warnings) expect(describeLorebookWarning(warning)).toMatch(/\.$/s)
        slowest = Math.max(
          slowest,
          cpuTime(() => read?.ok && check(read.value.book)),
        )
        outcomes.read++
      },
    ),
    { numRuns: fuzzRuns },
  )
  expect(slowest).toBeLessThan(1000)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(fuzzRuns / 50)
})
