import { err, ok, type Result } from '#lib/result.ts'
import type { Json } from './card.ts'
import { limits } from './limits.ts'
import { type JsonProblem, lineAndColumn, parseTolerantly, type RepairedJson } from './tolerant-json.ts'

/**
 * Parses JSON, first strictly, then with good will. Text that nests deeper than 256, or holds more than a million
 * values, is refused before any parser sees it.
 */
export function readJson(text: string): Result<RepairedJson, JsonProblem> {
  const excess = findExcess(text)
  if (excess) return err(excess)
  try {
    const value: Json = JSON.parse(text)
    return ok({ value, repairs: [] })
  } catch {
    // Engines word and place their complaints each in its own way; ours come from the parser that also repairs.
    return parseTolerantly(text, limits.jsonDepth)
  }
}

/** Counts brackets and commas, of which those in texts do not count. */
function findExcess(text: string): JsonProblem | undefined {
  let depth = 0
  let values = 1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at = endOfString(text, at)
      if (at < 0) return undefined
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > limits.jsonDepth) {
        return { type: 'json-too-deep', limit: limits.jsonDepth, ...lineAndColumn(text, at) }
      }
      values++
    } else if (code === 0x7d || code === 0x5d) depth--
    else if (code === 0x2c && ++values > limits.jsonValues) {
      return { type: 'json-too-many-values', limit: limits.jsonValues }
    }
  }
  return undefined
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end >= 0) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}
