import { t } from '#lib/translate.ts'
import { type KeyRules, keyOf } from './keys.ts'
import { describeRegexProblem } from './lorebook-warning.ts'

interface Keys extends KeyRules {
  readonly keys: readonly string[]
  readonly secondaryKeys: readonly string[]
}

/** What keeps keys of an entry from being found, in sentences. */
export function keyProblems(entry: Keys): { readonly primary: string[]; readonly secondary: string[] } {
  const problemsOf = (keys: readonly string[]) =>
    keys.flatMap((written) => {
      const key = keyOf(written, entry, { caseSensitive: false, wholeWords: false })
      return key.kind === 'broken'
        ? [t('{key} is never found: {problem}.', { key: written, problem: describeRegexProblem(key.problem) })]
        : []
    })
  return { primary: problemsOf(entry.keys), secondary: problemsOf(entry.secondaryKeys) }
}
