import { exhaustive } from '#lib/exhaustive.ts'
import type { RegexProblem } from '#lib/linear-regex/linear-regex.ts'
import { t } from '#lib/translate.ts'

/** Something about a lorebook that was read all the same. Entries are named by their titles, at most five of them. */
export type LorebookWarning =
  | { readonly type: 'repaired-json' }
  | { readonly type: 'invalid-utf8' }
  | { readonly type: 'no-entries' }
  | { readonly type: 'too-many-entries'; readonly found: number; readonly limit: number }
  /** Things among the entries that are none. */
  | { readonly type: 'not-entries'; readonly count: number }
  /** Enabled, but with neither keys nor anything else that could call them. */
  | { readonly type: 'never-fires'; readonly entries: readonly string[]; readonly count: number }
  | { readonly type: 'broken-key'; readonly entry: string; readonly key: string; readonly problem: RegexProblem }
  | { readonly type: 'ignored-decorators'; readonly lines: readonly string[]; readonly count: number }
  /** `knownTo` names no one. */
  | { readonly type: 'known-to-nobody'; readonly entries: readonly string[]; readonly count: number }

const problems: Record<RegexProblem, string> = {
  invalid: t('it is not a valid pattern'),
  backreference: t('it refers back to what a group matched (\\1), which can take for ever'),
  unsupported: t('it uses a rare form that is not understood here'),
  'too-large': t('it is too large'),
}

/** Why a pattern is not used, as the rest of a sentence. */
export function describeRegexProblem(problem: RegexProblem): string {
  return problems[problem]
}

/** The warning as a sentence or two: what was found, and what was or can be done. */
export function describeLorebookWarning(warning: LorebookWarning): string {
  switch (warning.type) {
    case 'repaired-json':
      return t('Small mistakes in the JSON of this lorebook were passed over. Check that nothing is missing.')
    case 'invalid-utf8':
      return t('Some letters of this lorebook are broken (they are not UTF-8) and show as �. Ask for a clean copy.')
    case 'no-entries':
      return t('This lorebook has no entries.')
    case 'too-many-entries':
      return t('This lorebook has {found, number} entries; the first {limit, number} are used, and all are kept.', {
        found: warning.found,
        limit: warning.limit,
      })
    case 'not-entries':
      return t('{count} of the things in this lorebook are no entries. They are kept, and not used.', {
        count: warning.count,
      })
    case 'never-fires':
      return t(
        '{entries} can never fire: there are no keys, and it is not constant. Give it a key, or switch it off.',
        { entries: named(warning) },
      )
    case 'broken-key':
      return t('The key {key} of "{entry}" is never found: {problem}. Change it in the editor.', {
        key: warning.key,
        entry: warning.entry,
        problem: problems[warning.problem],
      })
    case 'ignored-decorators':
      return t(
        '{count, plural, one {A decorator is} other {# decorators are}} not used here: {lines}. They are kept as they are.',
        { count: warning.count, lines: warning.lines.join(', ') },
      )
    case 'known-to-nobody':
      return t('{entries} is private but names no character, so nobody knows it. Name one in the editor.', {
        entries: named(warning),
      })
    default:
      return exhaustive(warning)
  }
}

function named({ entries, count }: { readonly entries: readonly string[]; readonly count: number }): string {
  const more = count - entries.length
  const titles = entries.map((title) => t('"{title}"', { title })).join(', ')
  return more > 0 ? t('{titles} (and {more} more)', { titles, more }) : titles
}
