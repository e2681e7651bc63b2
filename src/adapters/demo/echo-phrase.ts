const fewestWords = 2
const mostWords = 7
const mostCharacters = 44

/**
 * A short phrase of what was said, fit to be quoted in an answer: a whole clause, its last such, without its
 * punctuation. Undefined where no clause is of a quotable length; half a sentence quoted reads like a fault.
 */
export function echoPhrase(words: string): string | undefined {
  const clauses = words
    .replace(/[*_`<>[\]{}"“”|\\]/g, ' ')
    .split(/[.!?…;:,\n]+|\s[-–—]+\s/)
    .map((clause) => clause.replace(/\s+/g, ' ').trim())
    .map((clause) => clause.replace(/^(well|oh|and|but|so|yes|no|then|now|please) (?=\S+ \S)/i, ''))
  const fit = clauses.filter(isQuotable)
  const phrase = fit.at(-1)
  return phrase && phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

function isQuotable(clause: string): boolean {
  const count = clause === '' ? 0 : clause.split(' ').length
  return count >= fewestWords && count <= mostWords && clause.length <= mostCharacters && /\p{L}/u.test(clause)
}
