import { hasUnspacedScript } from '#lib/unspaced.ts'

/** A name that is not to go out, and what stands in its place. */
export interface NameReplacement {
  readonly from: string
  readonly to: string
}

/** A text with every name of the table replaced. */
export type ReplaceNames = (text: string) => string

/**
 * Replaces names and places by whole words, all in one pass, so that nothing that was put in is replaced again; where one
 * name begins another the longer one counts. Upper and lower case stay as they are in the text: ANNA becomes MARA. Blanks
 * within a name may be any white space or an underscore, as in ids. In scripts without blanks between words a name is
 * found within a word, since nothing else would find it.
 */
export function createReplaceNames(table: readonly NameReplacement[]): ReplaceNames {
  const byName = new Map<string, NameReplacement>()
  for (const { from, to } of table) {
    const name = from.trim()
    if (name !== '' && to.trim() !== '' && !byName.has(plain(name)))
      byName.set(plain(name), { from: name, to: to.trim() })
  }
  if (byName.size === 0) return (text) => text
  const longestFirst = [...byName.values()].sort((one, other) => other.from.length - one.from.length)
  const pattern = new RegExp(longestFirst.map(({ from }) => patternOf(from)).join('|'), 'giu')
  return (text) => text.replace(pattern, (found) => inCaseOf(found, byName.get(plain(found))))
}

function patternOf(name: string): string {
  const words = name.split(/[\s_]+/u).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return edgeBefore(name) + words.join('[\\s_]+') + edgeAfter(name)
}

/** No letter or digit may stand right before, where words have an end at all. */
function edgeBefore(name: string): string {
  const first = String.fromCodePoint(name.codePointAt(0) ?? 0)
  return /[\p{L}\p{N}]/u.test(first) && !hasUnspacedScript(first) ? '(?<![\\p{L}\\p{M}\\p{N}])' : ''
}

function edgeAfter(name: string): string {
  const last = [...name].at(-1) ?? ''
  return /[\p{L}\p{M}\p{N}]/u.test(last) && !hasUnspacedScript(last) ? '(?![\\p{L}\\p{M}\\p{N}])' : ''
}

function plain(name: string): string {
  return (
    name
      .replace(/[\s_]+/gu, ' ')
      .toLowerCase()
      // As the pattern's own `i` takes them to be the same letters.
      .replaceAll('ſ', 's')
      .replaceAll('\u212a', 'k')
  )
}

function inCaseOf(found: string, replacement: NameReplacement | undefined): string {
  if (!replacement) return found
  const { from, to } = replacement
  if (found === from) return to
  const [upper, lower] = [found.toUpperCase(), found.toLowerCase()]
  if (upper === lower) return to
  if (found === upper && [...found].length > 1) return to.toUpperCase()
  return found === lower ? to.toLowerCase() : to
}
