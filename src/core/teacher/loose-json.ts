import type { JsonValue } from '#core/job.ts'

/** What was read, and where reading ended; no value where what stands there is no JSON. */
export interface LooseValue {
  readonly value: JsonValue | undefined
  readonly end: number
}

const mostDepth = 100
/** A key is a name: bounds how far a quote looks ahead for one. */
const longestKey = 120
/** Words without quotes where a value should be, or after one. */
const longestSlip = 120

const bareWords: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
  ['undefined', null],
])
const escapes = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/**
 * Reads the object or list that begins at `start` as a model meant it. Models forget to escape quotes, forget commas or
 * put one too many, break lines inside texts, and run out of tokens: so a quote ends a text only where JSON could go on
 * behind it, and what is open at the end is closed. Each character is looked at a bounded number of times.
 */
export function readLoosely(text: string, start: number): LooseValue {
  const reader = new LooseReader(text, start)
  const value = reader.container()
  return { value, end: reader.at }
}

class LooseReader {
  readonly #text: string
  #depth = 0
  at: number

  constructor(text: string, start: number) {
    this.#text = text
    this.at = start
  }

  container(): JsonValue | undefined {
    if (this.#depth >= mostDepth) return undefined
    this.#depth += 1
    const value = this.#text[this.at] === '{' ? this.#object() : this.#list()
    this.#depth -= 1
    return value
  }

  #object(): JsonValue | undefined {
    const entries: [string, JsonValue][] = []
    this.at += 1
    while (!this.#closes('}')) {
      const key = this.#key()
      // With nothing read yet it was only a brace in a sentence.
      if (key === undefined) return entries.length > 0 ? Object.fromEntries(entries) : undefined
      const value = this.#value('}')
      if (value !== undefined) entries.push([key, value])
      else if (this.at < this.#text.length) return entries.length > 0 ? Object.fromEntries(entries) : undefined
    }
    return Object.fromEntries(entries)
  }

  #list(): JsonValue | undefined {
    const items: JsonValue[] = []
    this.at += 1
    while (!this.#closes(']')) {
      const value = this.#value(']')
      if (value === undefined) return items.length > 0 ? items : undefined
      items.push(value)
    }
    return items
  }

  /**
   * True at the bracket that ends this value, which it takes, and at the end of the text; else stands before the next
   * item, with commas, and words that slipped in behind a value, passed over.
   */
  #closes(bracket: '}' | ']'): boolean {
    this.at = this.#skip(this.at)
    while (this.#text[this.at] === ',') this.at = this.#skip(this.at + 1)
    const next = this.#text[this.at]
    if (next === undefined) return true
    if (next === bracket) {
      this.at += 1
      return true
    }
    if (this.#depth === 1) return false
    // This one was forgotten: another ends here, or the object around a list goes on.
    return next === '}' || next === ']' || (bracket === ']' && this.#endOfKey(this.at) !== undefined)
  }

  /** Takes a key and its colon. */
  #key(): string | undefined {
    const end = this.#endOfKey(this.at)
    if (end === undefined) return undefined
    const written = this.#text.slice(this.at + 1, this.#text.lastIndexOf('"', end - 1))
    this.at = end
    return withoutEscapes(written)
  }

  /** Behind the colon of a key that begins at `at`, or undefined where none does. */
  #endOfKey(at: number): number | undefined {
    if (this.#text[at] !== '"') return undefined
    const most = Math.min(this.#text.length, at + longestKey)
    for (let index = at + 1; index < most; index += 1) {
      const letter = this.#text[index]
      if (letter === '\\') index += 1
      else if (letter === '\n') return undefined
      else if (letter === '"') {
        const colon = this.#skip(index + 1)
        return this.#text[colon] === ':' ? colon + 1 : undefined
      }
    }
    return undefined
  }

  #value(within: '}' | ']'): JsonValue | undefined {
    this.at = this.#skip(this.at)
    const first = this.#text[this.at]
    if (first === undefined) return undefined
    if (first === '{' || first === '[') return this.container()
    if (first !== '"') return this.#bare(within)
    return this.#string(within)
  }

  #string(within: '}' | ']'): string {
    const start = this.at + 1
    for (let index = start; index < this.#text.length; index += 1) {
      const letter = this.#text[index]
      if (letter === '\\') index += 1
      else if (letter === '"' && this.#endsText(index, within)) {
        this.at = index + 1
        return withoutEscapes(this.#text.slice(start, index))
      }
    }
    this.at = this.#text.length
    return withoutEscapes(this.#text.slice(start))
  }

  /** True for a quote behind which JSON could go on. */
  #endsText(quote: number, within: '}' | ']'): boolean {
    let next = this.#skip(quote + 1)
    const letter = this.#text[next]
    if (letter === undefined) return true
    if (letter === within) {
      if (this.#depth === 1) return true
      const after = this.#skip(next + 1)
      const behind = this.#text[after]
      return behind === undefined || ',}]{`'.includes(behind) || this.#endOfKey(after) !== undefined
    }
    if (letter === '}' || letter === ']') return this.#depth > 1
    const hasComma = letter === ','
    if (hasComma) next = this.#skip(next + 1)
    const follows = this.#text[next]
    // Cut off right behind its comma, or a comma too many.
    if (hasComma && (follows === undefined || follows === within)) return true
    if (within === '}') return this.#endOfKey(next) !== undefined
    return hasComma && follows !== undefined && '"{[-0123456789'.includes(follows)
  }

  /** A number or a word without quotes; anything else is none. */
  #bare(within: '}' | ']'): JsonValue | undefined {
    const most = Math.min(this.#text.length, this.at + longestSlip)
    let end = this.at
    while (end < most && !',}]\n'.includes(this.#text[end] as string)) end += 1
    const word = this.#text.slice(this.at, end).trim()
    const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w.])/i.exec(word)
    const known = bareWords.get(word.toLowerCase())
    if (!number && known === undefined) {
      // Words in brackets are prose; words behind a key are its value.
      if (within === ']' || word === '' || /["{[]/.test(word) || end === most) return undefined
    }
    this.at = end
    return number ? Number(number[0]) : (known ?? (bareWords.has(word.toLowerCase()) ? null : word))
  }

  /** The next place that is neither white space nor a short comment to the end of its line. */
  #skip(from: number): number {
    let at = this.#skipBlanks(from)
    while (this.#text[at] === '/' && this.#text[at + 1] === '/') {
      const end = this.#text.slice(at, at + longestSlip).indexOf('\n')
      if (end < 0) return at
      at = this.#skipBlanks(at + end)
    }
    return at
  }

  #skipBlanks(from: number): number {
    let at = from
    while (isBlank(this.#text.charCodeAt(at))) at += 1
    return at
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff || code === 0x3000
}

function withoutEscapes(written: string): string {
  if (!written.includes('\\')) return written
  return written.replace(/\\(?:u([\da-f]{4})|([\s\S])|$)/gi, (_, code?: string, letter?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    if (letter === undefined) return ''
    return escapes.get(letter) ?? letter
  })
}
