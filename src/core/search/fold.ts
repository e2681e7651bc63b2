/** Letters that Unicode does not take apart, in lower case, and marks that are typed in more than one way. */
const plainForms = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ł', 'l'],
  ['ı', 'i'],
  ['ς', 'σ'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['–', '-'],
  ['—', '-'],
])

/** What a text is compared by: lower case, no diacritics, plain quotes, blanks for all white space. */
export function fold(text: string): string {
  return text.replace(/[^ -~]/gu, foldCharacter).toLowerCase()
}

/** A folded text that knows where it came from. */
export interface FoldedText {
  readonly text: string
  /** The range in the source that a range of the folded text came from, in whole characters with their diacritics. */
  sourceOf(start: number, end: number): { readonly start: number; readonly end: number }
}

/** Like `fold`, and slower. */
export function foldTraced(source: string): FoldedText {
  let text = ''
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const character of source) {
    const folded = fold(character)
    at += character.length
    // A diacritic that was left out belongs to the letter before it.
    if (folded === '' && ends.length > 0) ends[ends.length - 1] = at
    for (let index = 0; index < folded.length; index++) {
      starts.push(at - character.length)
      ends.push(at)
    }
    text += folded
  }
  return { text, sourceOf: (start, end) => ({ start: starts[start] ?? at, end: ends[end - 1] ?? at }) }
}

const folded = new Map<string, string>()

function foldCharacter(character: string): string {
  const known = folded.get(character)
  if (known !== undefined) return known
  const plain = /[\s\p{Cc}]/u.test(character) ? ' ' : toPlain(character)
  folded.set(character, plain)
  return plain
}

function toPlain(character: string): string {
  // Marks of Latin, Greek and Cyrillic letters only: those of other scripts tell letters apart.
  const bare = toHalfWidth(character)
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
  return plainForms.get(bare) ?? bare
}

/** Latin letters, digits and marks as wide as a Chinese character are what they look like. */
function toHalfWidth(character: string): string {
  const code = character.charCodeAt(0)
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character
}
