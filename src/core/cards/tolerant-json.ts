import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { Json } from './card.ts'

/** A mistake in JSON that was passed over, and where: lines and columns count from 1, columns in UTF-16 units. */
export interface JsonRepair {
  readonly kind: 'trailing-comma' | 'raw-control-character' | 'unknown-escape' | 'text-after-end'
  readonly line: number
  readonly column: number
}

/** Why a text is not JSON, even with good will. */
export type JsonProblem =
  | { readonly type: 'malformed-json'; readonly problem: string; readonly line: number; readonly column: number }
  | { readonly type: 'json-too-deep'; readonly limit: number; readonly line: number; readonly column: number }
  | { readonly type: 'json-too-many-values'; readonly limit: number }

export interface RepairedJson {
  readonly value: Json
  /** The first of each kind. */
  readonly repairs: readonly JsonRepair[]
}

/** Line and column of an offset in a text, from 1. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: offset - start + 1 }
}

/**
 * Parses JSON with the mistakes people make in cards: a comma before a closing bracket, raw line breaks and tabs in
 * texts, meaningless escapes (`\*`), and anything behind the end. What would need guessing (a missing quote, a missing
 * bracket) is refused with its place. `depth` bounds how deep lists and objects may nest.
 */
export function parseTolerantly(text: string, depth: number): Result<RepairedJson, JsonProblem> {
  const parser = new TolerantParser(text, depth)
  try {
    const value = parser.document()
    return ok({ value, repairs: parser.repairs() })
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure
    const place = lineAndColumn(text, failure.offset)
    return failure.tooDeep
      ? err({ type: 'json-too-deep', limit: depth, ...place })
      : err({ type: 'malformed-json', problem: failure.message, ...place })
  }
}

/** Ends the parse from within its recursion; never leaves this file. */
class Refusal extends Error {
  readonly offset: number
  readonly tooDeep: boolean
  constructor(problem: string, offset: number, tooDeep = false) {
    super(problem)
    this.offset = offset
    this.tooDeep = tooDeep
  }
}

// Sticky, and of bounded length in practice; runs of blanks and letters are walked by hand, since an engine may keep a
// note for every character that a `*` has taken.
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const words: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** JSON's white space, and what strays into files beside it. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff
}

class TolerantParser {
  readonly #text: string
  readonly #limit: number
  readonly #firstRepairs = new Map<JsonRepair['kind'], number>()
  #at = 0
  #depth = 0

  constructor(text: string, limit: number) {
    this.#text = text
    this.#limit = limit
  }

  document(): Json {
    const value = this.#value()
    this.#skipBlanks()
    if (this.#at < this.#text.length) this.#repair('text-after-end', this.#at)
    return value
  }

  repairs(): JsonRepair[] {
    return [...this.#firstRepairs].map(([kind, offset]) => ({ kind, ...lineAndColumn(this.#text, offset) }))
  }

  #value(): Json {
    this.#skipBlanks()
    const first = this.#text[this.#at]
    if (first === '{') return this.#nested(() => this.#object())
    if (first === '[') return this.#nested(() => this.#list())
    if (first === '"') return this.#string()
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    const digits = this.#numeral()
    if (digits) return Number(digits)
    throw this.#refusal(t('a value'))
  }

  #nested(parse: () => Json): Json {
    if (++this.#depth > this.#limit) throw new Refusal('', this.#at, true)
    this.#at++
    const value = parse()
    this.#depth--
    return value
  }

  #object(): Json {
    const entries: [string, Json][] = []
    while (!this.#closes('}', entries.length > 0)) {
      if (this.#text[this.#at] !== '"') throw this.#refusal(t('a key in double quotes'))
      const key = this.#string()
      this.#skipBlanks()
      if (this.#text[this.#at] !== ':') throw this.#refusal(t('":" after the key'))
      this.#at++
      entries.push([key, this.#value()])
    }
    return Object.fromEntries(entries)
  }

  #list(): Json {
    const items: Json[] = []
    while (!this.#closes(']', items.length > 0)) items.push(this.#value())
    return items
  }

  /** True at the closing bracket, which it takes; else stands before the next item, the comma taken. */
  #closes(bracket: '}' | ']', itemBefore: boolean): boolean {
    this.#skipBlanks()
    const comma = this.#at
    if (itemBefore && this.#text[comma] === ',') {
      this.#at++
      this.#skipBlanks()
      if (this.#text[this.#at] === bracket) this.#repair('trailing-comma', comma)
    } else if (itemBefore && this.#text[comma] !== bracket) throw this.#refusal(t('"," or "{bracket}"', { bracket }))
    if (this.#text[this.#at] !== bracket) return false
    this.#at++
    return true
  }

  #string(): string {
    const start = this.#at++
    let value = ''
    for (;;) {
      value += this.#plainCharacters()
      const next = this.#text[this.#at]
      if (next === undefined) throw new Refusal(t('this text never ends (its closing quote is missing)'), start)
      if (next === '"') {
        this.#at++
        return value
      }
      if (next === '\\') value += this.#escape()
      else {
        this.#repair('raw-control-character', this.#at++)
        value += next
      }
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? ''
    const known = escapes.get(letter)
    if (known !== undefined) {
      this.#at += 2
      return known
    }
    const code = this.#text.slice(this.#at + 2, this.#at + 6)
    if (letter === 'u' && /^[\da-f]{4}$/i.test(code)) {
      this.#at += 6
      return String.fromCharCode(Number.parseInt(code, 16))
    }
    this.#repair('unknown-escape', this.#at++)
    return '\\'
  }

  #skipBlanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at++
  }

  /** The characters up to the next quote, backslash or control character. */
  #plainCharacters(): string {
    const start = this.#at
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      // Past the end the code is NaN, and no comparison with it holds.
      if (!(code >= 0x20) || code === 0x22 || code === 0x5c) return this.#text.slice(start, this.#at)
      this.#at++
    }
  }

  #numeral(): string {
    numeral.lastIndex = this.#at
    const digits = numeral.exec(this.#text)?.[0] ?? ''
    this.#at += digits.length
    return digits
  }

  #repair(kind: JsonRepair['kind'], offset: number): void {
    if (!this.#firstRepairs.has(kind)) this.#firstRepairs.set(kind, offset)
  }

  #refusal(expected: string): Refusal {
    const found = this.#text[this.#at]
    return new Refusal(
      t('expected {expected}, found {found}', {
        expected,
        found: found === undefined ? t('the end') : JSON.stringify(found),
      }),
      this.#at,
    )
  }
}
