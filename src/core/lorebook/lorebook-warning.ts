import { exhaustive } from '#lib/exhaustive.ts'
import type { RegexProblem } from '#lib/linear-regex/linear-regex.ts'

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
  invalid: 'it is not a valid pattern',
  backreference: 'it refers back to what a group matched (\\1), which can take for ever',
  unsupported: 'it uses a rare form that is not understood here',
  'too-large': 'it is too large',
}

/** Why a pattern is not used, as the rest of a sentence. */
export function describeRegexProblem(problem: RegexProblem): string {
  return problems[problem]
}

/** The warning as a sentence or two: what was found, and what was or can be done. */
export function describeLorebookWarning(warning: LorebookWarning): string {
  switch (warning.type) {
    case 'repaired-json':
      return 'Small mistakes in the JSON of this lorebook were passed over. Check that nothing is missing.'
    case 'invalid-utf8':
      return 'Some letters of this lorebook are broken (they are not UTF-8) and show as �. Ask for a clean copy.'
    case 'no-entries':
      return 'This lorebook has no entries.'
    case 'too-many-entries':
      return `This lorebook has ${warning.found.toLocaleString('en')} entries; the first ${warning.limit.toLocaleString('en')} are used, and all are kept.`
    case 'not-entries':
      return `${warning.count} of the things in this lorebook are no entries. They are kept, and not used.`
    case 'never-fires':
      return `${named(warning)} can never fire: there are no keys, and it is not constant. Give it a key, or switch it off.`
    case 'broken-key':
      return `The key ${warning.key} of "${warning.entry}" is never found: ${problems[warning.problem]}. Change it in the editor.`
    case 'ignored-decorators':
      return `${warning.count === 1 ? 'A decorator is' : `${warning.count} decorators are`} not used here: ${warning.lines.join(', ')}. They are kept as they are.`
    case 'known-to-nobody':
      return `${named(warning)} is private but names no character, so nobody knows it. Name one in the editor.`
    default:
      return exhaustive(warning)
  }
}

function named({ entries, count }: { readonly entries: readonly string[]; readonly count: number }): string {
  const more = count - entries.length
  return `${entries.map((title) => `"${title}"`).join(', ')}${more > 0 ? ` (and ${more} more)` : ''}`
}
