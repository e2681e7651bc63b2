import type { Layer } from './segment.ts'
import { isSpace } from './space.ts'
import { longestTag, specialTokens, spellings, type Tag } from './tags.ts'

/**
 * Tags as one deterministic automaton over character classes: each character costs one table look-up, whatever the
 * text, so hostile input is read about as fast as prose. A tag is `<`, blanks, an optional `/`, blanks, a name, `>`.
 */

/** Not inside anything that could become a tag. */
export const inText = 0
/** Right after a `<`. */
export const afterBracket = 1
/** Results from here on are `recognised[result - firstRecognised]`. */
export const firstRecognised = 0x4000

const alphabet = '<>/|_- abcdefghijklmnopqrstuvwxyz'
const shift = 6

/** What the characters since the last `<` may still become. */
interface Prospect {
  readonly closing: boolean
  /** Letters of the name read so far. */
  readonly letters: number
  readonly tags: Tag[]
  /** The tag whose name is complete here. */
  whole?: Tag
}

const classByCode = new Uint8Array(0x10000)
for (let code = 0; code < classByCode.length; code++) {
  const plain = code < 0x80 ? String.fromCharCode(code).toLowerCase() : ''
  classByCode[code] = isSpace(code) ? alphabet.indexOf(' ') + 1 : plain === '' ? 0 : alphabet.indexOf(plain) + 1
}

const rows: number[][] = []
const prospects: (Prospect | undefined)[] = []

function addState(prospect?: Prospect): number {
  const row = new Array<number>(1 << shift).fill(inText)
  row[alphabet.indexOf('<') + 1] = afterBracket
  prospects.push(prospect)
  return rows.push(row) - 1
}

function stepFrom(state: number, character: string): number {
  return rows[state]?.[alphabet.indexOf(character) + 1] ?? inText
}

function addStep(state: number, character: string, next: number): void {
  const row = rows[state]
  if (row) row[alphabet.indexOf(character) + 1] = next
}

/** What was recognised, by number; `token` is a leaked special token. */
export const recognised: (Tag | 'token')[] = []

function addName(root: number, name: string, tag: Tag): void {
  let state = root
  let letters = 0
  for (const letter of name.replaceAll(/[_-]/g, '')) {
    letters++
    let next = stepFrom(state, letter)
    if (next === inText) {
      next = addState({ closing: tag.closing, letters, tags: [] })
      addStep(state, letter, next)
      for (const filler of ' _-') addStep(next, filler, next)
    }
    prospects[next]?.tags.push(tag)
    state = next
  }
  const prospect = prospects[state]
  if (prospect) prospect.whole = tag
  addStep(state, '>', firstRecognised + recognised.push(tag) - 1)
}

function addToken(token: string): void {
  let state: number = afterBracket
  for (const character of token.slice(1, -1)) {
    let next = stepFrom(state, character)
    if (next === inText) {
      next = addState()
      addStep(state, character, next)
    }
    state = next
  }
  addStep(state, '>', firstRecognised + recognised.push('token') - 1)
}

addState()
addState({ closing: false, letters: 0, tags: [] })
const afterSlash = addState({ closing: true, letters: 0, tags: [] })
addStep(afterBracket, ' ', afterBracket)
addStep(afterBracket, '/', afterSlash)
addStep(afterSlash, ' ', afterSlash)
for (const [layer, names] of Object.entries(spellings) as [Layer, readonly string[]][]) {
  for (const name of names) {
    const system = name.startsWith('system')
    addName(afterBracket, name, { layer, closing: false, system })
    const closer: Tag = { layer, closing: true, system }
    addName(afterSlash, name, closer)
    prospects[afterSlash]?.tags.push(closer)
  }
}
for (const token of specialTokens) addToken(token)

const table = new Uint16Array(rows.flat())

/** The state after `code`; `>= firstRecognised` when it completes a tag. The length of a tag is the caller's business. */
export function advance(state: number, code: number): number {
  return table[(state << shift) | (classByCode[code] ?? 0)] ?? inText
}

/** A tag that the end of the text cut off. */
export interface CutOffTag {
  readonly tag: Tag
  /** Where in the text it begins. */
  readonly start: number
  /** What stands before it, blanks aside, could itself have become a tag. */
  readonly afterPartial: boolean
}

/** How the end of a text looks to the automaton: whether it could go on to be a tag, and where that begins. */
function readTail(text: string): { state: number; start: number } {
  let state: number = inText
  let start = -1
  for (let index = Math.max(0, text.length - longestTag - 1); index < text.length; index++) {
    const next = advance(state, text.charCodeAt(index))
    if (next === afterBracket && text.charCodeAt(index) === 0x3c) start = index
    state = next >= firstRecognised || index - start >= longestTag ? inText : next
  }
  return { state, start }
}

/** Whether `text` ends in something that could become a tag or a special token if more text followed. */
export function endsInPartial(text: string): boolean {
  return readTail(text).state !== inText
}

/**
 * The tag that `text` ends in the middle of, if that much is certain: a whole name that lacks only its `>`, or a
 * closer. In an open tagged layer any begun closer counts (a tokenizer has `</` as one token); in speech three letters
 * must be there. Everything else that was cut off is text.
 */
export function findCutOffTag(text: string, open: Layer): CutOffTag | undefined {
  const { state, start } = readTail(text)
  const prospect = prospects[state]
  if (state === inText || prospect === undefined) return undefined
  const afterPartial = endsInPartial(text.slice(0, start).trimEnd())
  if (prospect.whole) return { tag: prospect.whole, start, afterPartial }
  if (!prospect.closing || (open === 'speech' && prospect.letters < 3)) return undefined
  const tag = prospect.tags.find((candidate) => candidate.layer === open) ?? prospect.tags[0]
  return tag && { tag, start, afterPartial }
}
