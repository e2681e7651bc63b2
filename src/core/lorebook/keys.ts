import type { RegexProblem } from '#lib/linear-regex/linear-regex.ts'
import { createLinearRegex, type LinearRegex } from '#lib/linear-regex/linear-regex.ts'

/** A key made ready to be looked for. */
export type Key =
  | {
      readonly kind: 'text'
      readonly written: string
      readonly text: string
      readonly isLower: boolean
      readonly isWord: boolean
    }
  | { readonly kind: 'pattern'; readonly written: string; readonly regex: LinearRegex }
  | { readonly kind: 'broken'; readonly written: string; readonly problem: RegexProblem }

/** What applies where an entry doesn't say. */
export interface MatchDefaults {
  readonly caseSensitive: boolean
  readonly wholeWords: boolean
}

/** What of an entry tells how its keys are read. */
export interface KeyRules {
  readonly usesRegex: boolean
  readonly isCaseSensitive?: boolean | undefined
  readonly wholeWords?: boolean | undefined
}

const keysByEntry = new WeakMap<KeyRules, Map<string, Key>>()

const slashForm = /^\/(.+)\/([a-z]*)$/s

/**
 * A key is a pattern when it is written `/…/flags` with flags there are, or when its entry says that its keys are
 * patterns; all else is plain text. A pattern without slashes is read by code points and in any case, unless its entry
 * minds the case. The same key of the same entry is made once.
 */
export function keyOf(written: string, entry: KeyRules, defaults: MatchDefaults): Key {
  const name = `${defaults.caseSensitive} ${defaults.wholeWords} ${written}`
  const known = keysByEntry.get(entry) ?? new Map<string, Key>()
  const key = known.get(name) ?? createKey(written, entry, defaults)
  keysByEntry.set(entry, known.set(name, key))
  return key
}

function createKey(written: string, entry: KeyRules, defaults: MatchDefaults): Key {
  const isCaseSensitive = entry.isCaseSensitive ?? defaults.caseSensitive
  const [, slashed, flags = ''] = slashForm.exec(written) ?? []
  if (slashed !== undefined && areFlags(flags)) return patternKey(written, slashed, flags)
  if (entry.usesRegex) return patternKey(written, written, isCaseSensitive ? 'u' : 'iu')
  return {
    kind: 'text',
    written,
    text: isCaseSensitive ? written : written.toLowerCase(),
    isLower: !isCaseSensitive,
    isWord:
      (entry.wholeWords ?? defaults.wholeWords) && !/[\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(written),
  }
}

function patternKey(written: string, pattern: string, flags: string): Key {
  const regex = createLinearRegex(pattern, flags)
  return regex.ok ? { kind: 'pattern', written, regex: regex.value } : { kind: 'broken', written, problem: regex.error }
}

function areFlags(flags: string): boolean {
  return /^[gimsuy]*$/.test(flags) && new Set(flags).size === flags.length
}
