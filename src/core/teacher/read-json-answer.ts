import type { JsonValue } from '#core/job.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { readLoosely } from './loose-json.ts'

/** Why no JSON was found in an answer, in a sentence for the reader. */
export interface NoJson {
  readonly sentence: string
}

interface Found {
  readonly value: JsonValue
  /** How much of the text it took: of several, an answer is the longest, and examples and asides are short. */
  readonly length: number
}

const fence = /^[ \t]*```[^\n`]*$/gm
/** A tag around what a model thinks before it answers. */
const thinkingTag = /<\s*(\/?)\s*(?:think|thinking|thinker|thought|system[_\s-]?think(?:ing)?)\s*>/gi
const opening = /[[{]/g

/**
 * The JSON that a model was asked for, from what it answered: behind its thinking, in a fence or not, with words around
 * it, with commas too many or too few, quotes that are not escaped, raw line breaks, and an end that never came (what is
 * there is kept). Of several the longest counts, of those in fences first. Never throws; time grows with the text.
 */
export function readJsonAnswer(text: string): Result<JsonValue, NoJson> {
  if (text.trim() === '') return err({ sentence: t('The answer is empty.') })
  const strict = parseStrictly(text)
  if (strict !== undefined) return ok(strict)
  // Thinking may hold drafts and examples in JSON; only where nothing comes after it is it looked at.
  const answer = text.slice(endOfThinking(text))
  const found = findJson(answer) ?? (answer.length < text.length ? findJson(text) : undefined)
  return found ? ok(found.value) : err({ sentence: t('No JSON was found in the answer.') })
}

function findJson(text: string): Found | undefined {
  const blocks = fenced(text)
  return longest(blocks.flatMap((block) => readBlock(block) ?? [])) ?? readBlock(text)
}

function readBlock(block: string): Found | undefined {
  const first = block.search(opening)
  if (first < 0) return undefined
  const last = Math.max(block.lastIndexOf('}'), block.lastIndexOf(']'))
  const strict = last > first ? parseStrictly(block.slice(first, last + 1)) : undefined
  return strict === undefined ? longest(looseValues(block)) : { value: strict, length: last - first }
}

/** Every value that begins somewhere in a text and is no part of another. */
function looseValues(text: string): Found[] {
  const found: Found[] = []
  const starts = new RegExp(opening)
  for (let match = starts.exec(text); match; match = starts.exec(text)) {
    const { value, end } = readLoosely(text, match.index)
    if (value !== undefined) found.push({ value, length: end - match.index })
    starts.lastIndex = Math.max(end, match.index + 1)
  }
  return found
}

function longest(found: readonly Found[]): Found | undefined {
  return found.reduce<Found | undefined>((best, next) => (best && best.length >= next.length ? best : next), undefined)
}

/** What stands between the lines of a fence; the last block may be without its end. */
function fenced(text: string): string[] {
  const blocks: string[] = []
  let start: number | undefined
  for (const match of text.matchAll(fence)) {
    if (start === undefined) start = match.index + match[0].length
    else {
      blocks.push(text.slice(start, match.index))
      start = undefined
    }
  }
  if (start !== undefined) blocks.push(text.slice(start))
  return blocks
}

/**
 * Where the thinking before an answer ends; 0 where there is none. What opens inside of the JSON is a text of it, and an
 * end without a beginning belongs to thinking that a template or a prefill began.
 */
function endOfThinking(text: string): number {
  for (const match of text.matchAll(thinkingTag)) {
    if (match[1] !== '') return match.index + match[0].length
    const json = text.search(opening)
    if (json >= 0 && json < match.index) return 0
  }
  return 0
}

function parseStrictly(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
