import { expandMacros, type MacroValues } from '#core/cards/macros.ts'
import type { Steps } from '#lib/linear-regex/linear-regex.ts'
import type { FoundIn, LoreSilence } from './explain.ts'
import { type Key, keyOf, type MatchDefaults } from './keys.ts'
import type { LoreEntry } from './lorebook.ts'
import { isIn, type Piece } from './scan.ts'

/** What is known of one key so far. Texts only ever join, so what was found stays found. */
interface Search {
  readonly key: Key
  foundIn?: FoundIn
  ranOut?: boolean
}

/** All keys of an entry and how far they were looked for. */
export interface EntrySearch {
  readonly primary: readonly Search[]
  readonly secondary: readonly Search[]
  readonly additional: readonly (readonly Search[])[]
  readonly excluded: readonly Search[]
  readonly excludedTogether: readonly (readonly Search[])[]
  readonly all: readonly Search[]
}

export function createSearch(entry: LoreEntry, defaults: MatchDefaults, macros: MacroValues): EntrySearch {
  const searchesOf = (keys: readonly string[]): Search[] =>
    keys.map((key) => ({
      key: keyOf(/\{\{|<(?:bot|user|char)>/i.test(key) ? expandMacros(key, macros) : key, entry, defaults),
    }))
  const { decorators } = entry
  const primary = searchesOf(entry.keys)
  const secondary = entry.isSelective ? searchesOf(entry.secondaryKeys) : []
  const additional = decorators.additionalKeys.map(searchesOf)
  // The specification lets patterns have no keys that must not be there.
  const excluded = entry.usesRegex ? [] : searchesOf(decorators.excludeKeys)
  const excludedTogether = decorators.excludeAllKeys.map(searchesOf)
  return {
    primary,
    secondary,
    additional,
    excluded,
    excludedTogether,
    all: [primary, secondary, additional.flat(), excluded, excludedTogether.flat()].flat(),
  }
}

/** Looks for the keys that were not found yet in texts that were not searched yet. */
export function searchPieces(search: EntrySearch, pieces: readonly Piece[], steps: Steps): void {
  if (pieces.length === 0) return
  const look = (each: Search) => {
    if (each.foundIn) return
    for (const piece of pieces) {
      const answer = isIn(each.key, piece, steps)
      if (answer === undefined) each.ranOut = true
      if (!answer) continue
      each.foundIn = piece.place(each.key, steps)
      return
    }
  }
  search.all.forEach(look)
}

/** Whether the primary keys and their logic are satisfied: the key that was found, or why not. */
export function judgeKeys(
  search: EntrySearch,
  entry: LoreEntry,
  messages: number,
): { readonly key: string; readonly in: FoundIn; readonly score: number } | LoreSilence {
  const { primary, secondary } = search
  const first = primary.find(({ foundIn }) => foundIn)
  if (!first?.foundIn) return whyNoKey(primary, messages)
  const found = secondary.filter(({ foundIn }) => foundIn)
  const all = found.length === secondary.length
  const isSatisfied =
    secondary.length === 0 || { any: found.length > 0, 'not-all': !all, none: found.length === 0, all }[entry.logic]
  if (!isSatisfied) {
    const ranOut = secondary.find((each) => each.ranOut && !each.foundIn)
    if (ranOut) return { kind: 'out-of-time', key: ranOut.key.written }
    return { kind: 'secondary', logic: entry.logic, found: found.map(({ key }) => key.written) }
  }
  const primaryScore = primary.filter(({ foundIn }) => foundIn).length
  const secondaryScore = entry.logic === 'any' ? found.length : entry.logic === 'all' && all ? secondary.length : 0
  return { key: first.key.written, in: first.foundIn, score: primaryScore + secondaryScore }
}

/** Whether the keys that decorators ask for or forbid let the entry pass: nothing, or why not. */
export function judgeDecoratorKeys(search: EntrySearch): LoreSilence | undefined {
  const missing = search.additional.find((keys) => !keys.some(({ foundIn }) => foundIn))
  if (missing) return { kind: 'additional-keys', keys: missing.map(({ key }) => key.written) }
  const forbidden =
    search.excluded.find(({ foundIn }) => foundIn) ??
    search.excludedTogether.find((keys) => keys.every(({ foundIn }) => foundIn))?.[0]
  return forbidden && { kind: 'excluded-key', key: forbidden.key.written }
}

function whyNoKey(primary: readonly Search[], messages: number): LoreSilence {
  if (primary.length === 0) return { kind: 'no-keys' }
  const late = primary.find(({ ranOut }) => ranOut)
  if (late) return { kind: 'out-of-time', key: late.key.written }
  const broken = primary.map(({ key }) => key).find((key) => key.kind === 'broken')
  return broken
    ? { kind: 'broken-key', key: broken.written, problem: broken.problem }
    : { kind: 'no-key-found', messages }
}
