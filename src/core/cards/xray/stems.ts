import { fold } from '#core/search/fold.ts'
import { hasUnspacedScript } from '#lib/unspaced.ts'

/** What words are compared by: without the endings that English puts on; '' for words that tell nothing. */
const known = new Map<string, string>()
/** Words of a long chat; what is beyond is worked out anew. */
const mostKnown = 50_000

const word = /[a-z0-9]+|[^\0-\x7f]+/g

/** The telling words of a sentence, as stems; of scripts without blanks, pairs of characters. */
export function stemsOf(sentence: string): string[] {
  const stems: string[] = []
  for (const found of fold(sentence).match(word) ?? []) {
    if (found.charCodeAt(0) < 0x80) {
      const stem = stemOf(found)
      if (stem !== '') stems.push(stem)
    } else foreignStems(found, stems)
  }
  return stems
}

function stemOf(folded: string): string {
  if (folded.length < 3) return ''
  const before = known.get(folded)
  if (before !== undefined) return before
  const stem = commonWords.has(folded) ? '' : withoutEnding(folded)
  if (known.size < mostKnown) known.set(folded, stem)
  return stem
}

function withoutEnding(folded: string): string {
  if (folded.length < 5) return folded.replace(/s$/, '')
  return folded.replace(/(?:ingly|edly|ings|ing|ied|ies|ed|ly|es|s)$/, '').replace(/(.)\1$|[eyi]$/, '$1')
}

function foreignStems(run: string, stems: string[]): void {
  for (const [letters] of run.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (!hasUnspacedScript(letters)) {
      if (letters.length > 2) stems.push(letters)
    } else for (let index = 0; index + 1 < letters.length; index++) stems.push(letters.slice(index, index + 2))
  }
}

/** Words that stand in any sentence, and those that stand in any plan. */
const commonWords = new Set(
  `all and any are but can did for get had has her him his how its let may not off one our out own put say see she the
  too two use was way who why yet you
  about above after again against almost along already also although always among another anyone anything around away
  back because been before being below between both cannot come could does doing done down during each either else
  even ever every everyone everything from gets give given goes going have having hers herself himself here into itself
  just keep know known less like likely little made make makes making many might more most much must need needs never
  nothing once only other others over perhaps quite rather really same should since some someone something still such
  take taken than that their them themselves then there these they thing things this those though through
  toward towards under until upon very want wants well were what when where whether which while whole whose will with
  within without would your yours yourself
  character characters respond response reply replies scene portray portrayal roleplay user speak says tone feel feels
  feeling moment show shows reveal answer question words`.split(/\s+/),
)
