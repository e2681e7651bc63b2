/** A regular expression as a tree. What it captures is left out: only whether it matches is ever asked. */
export type Syntax =
  /** One character. `source` is how the pattern writes it: `a`, `\d`, `[^x]`, `.` */
  | { readonly type: 'character'; readonly source: string }
  | { readonly type: 'edge'; readonly edge: Edge }
  | { readonly type: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: Syntax }
  | { readonly type: 'sequence'; readonly items: readonly Syntax[] }
  | { readonly type: 'choice'; readonly options: readonly Syntax[] }
  /** `most` may be Infinity. */
  | { readonly type: 'repeat'; readonly body: Syntax; readonly least: number; readonly most: number }

/** `^`, `$`, `\b`, `\B` */
export type Edge = 'start' | 'end' | 'boundary' | 'no-boundary'

/** What a pattern holds that is not understood here, though the browser's own engine would take it. */
export class UnsupportedSyntax extends Error {
  readonly what: 'backreference' | 'other'
  constructor(what: 'backreference' | 'other') {
    super(what)
    this.what = what
  }
}

const quantifier = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y
const escapedCharacter =
  /\\(?:x[\da-f]{2}|u\{[\da-f]+\}|u[\da-f]{4}(?:\\u[\da-f]{4})?|[pP]\{[^}]*\}|c[a-z]|0(?![0-9])|[^1-9kcpPux0])|\\[cpPux]/iy
const pair = /^\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})$/i

/**
 * Reads a pattern that the browser's own engine has accepted with these flags; what is wrong with it is not looked for.
 * Throws `UnsupportedSyntax` on back-references and on a few rarities.
 */
export function readSyntax(pattern: string, unicode: boolean): Syntax {
  let at = 0
  const tree = choice()
  // A pattern the engine took has no stray bracket; were one here, this reading of it would be wrong.
  if (at < pattern.length) throw new UnsupportedSyntax('other')
  return tree

  function choice(): Syntax {
    const options = [sequence()]
    while (pattern[at] === '|') {
      at++
      options.push(sequence())
    }
    return options.length === 1 && options[0] ? options[0] : { type: 'choice', options }
  }

  function sequence(): Syntax {
    const items: Syntax[] = []
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') items.push(quantified(term()))
    return items.length === 1 && items[0] ? items[0] : { type: 'sequence', items }
  }

  function term(): Syntax {
    switch (pattern[at]) {
      case '^':
        at++
        return { type: 'edge', edge: 'start' }
      case '$':
        at++
        return { type: 'edge', edge: 'end' }
      case '(':
        return group()
      case '[':
        return characterClass()
      case '\\':
        return escaped()
      default:
        return character(unicode ? String.fromCodePoint(pattern.codePointAt(at) ?? 0) : pattern.charAt(at))
    }
  }

  function character(source: string): Syntax {
    at += source.length
    return { type: 'character', source: /^[/{}\]]$/.test(source) ? `\\${source}` : source }
  }

  function group(): Syntax {
    const opening = /\((?:\?(?:[:=!]|<[=!]|<[^>=!][^>]*>))?/y
    opening.lastIndex = at
    const mark = opening.exec(pattern)?.[0] ?? '('
    at += mark.length
    // `(?i:…)` and whatever else may come one day.
    if (mark === '(' && pattern[at] === '?') throw new UnsupportedSyntax('other')
    const body = choice()
    at++
    if (!/^\(\?<?[=!]$/.test(mark)) return body
    return { type: 'look', ahead: !mark.includes('<'), negative: mark.endsWith('!'), body }
  }

  function characterClass(): Syntax {
    const start = at++
    while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1
    at++
    return { type: 'character', source: pattern.slice(start, at) }
  }

  function escaped(): Syntax {
    const next = pattern[at + 1] ?? ''
    if (next === 'b' || next === 'B') {
      at += 2
      return { type: 'edge', edge: next === 'b' ? 'boundary' : 'no-boundary' }
    }
    if (/[1-9k]/.test(next)) throw new UnsupportedSyntax('backreference')
    escapedCharacter.lastIndex = at
    const found = escapedCharacter.exec(pattern)?.[0]
    if (found === undefined || next === 'c') throw new UnsupportedSyntax('other')
    // Without the flag `u` these are the letters p and u, and what follows is a count.
    if (!unicode && /^\\[pPu]/.test(found) && !/^\\u[^{]/.test(found)) throw new UnsupportedSyntax('other')
    // Two `\u` escapes are one character only for engines that read by code points, and only when they make a pair.
    const source = found.length === 12 && !(unicode && pair.test(found)) ? found.slice(0, 6) : found
    at += source.length
    return { type: 'character', source }
  }

  function quantified(body: Syntax): Syntax {
    quantifier.lastIndex = at
    const found = quantifier.exec(pattern)
    if (!found) return body
    const [mark, least, comma, most] = found
    at += mark.length
    switch (mark[0]) {
      case '*':
        return { type: 'repeat', body, least: 0, most: Number.POSITIVE_INFINITY }
      case '+':
        return { type: 'repeat', body, least: 1, most: Number.POSITIVE_INFINITY }
      case '?':
        return { type: 'repeat', body, least: 0, most: 1 }
      default:
        return {
          type: 'repeat',
          body,
          least: Number(least),
          most: comma === undefined ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most),
        }
    }
  }
}
