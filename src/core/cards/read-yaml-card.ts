import { parseDocument } from 'yaml'
import { err, ok, type Result } from '#lib/result.ts'
import type { Json } from './card.ts'
import type { CardError } from './card-error.ts'
import { decodeText } from './decode-text.ts'
import { limits } from './limits.ts'
import { cardFromTree, type JsonCard } from './read-json-card.ts'

/** How often an anchor may be used: a few kilobytes of anchors within anchors unfold to gigabytes. */
const maxAliasCount = 50

/** Reads a character in YAML, as text-generation-webui writes them. Tags and types of YAML's own are not followed. */
export function readYamlCard(bytes: Uint8Array): Result<JsonCard, CardError> {
  if (bytes.length > limits.yaml) return err({ type: 'yaml-too-large', bytes: bytes.length, limit: limits.yaml })
  const { text, lossy } = decodeText(bytes)
  if (nestsTooDeep(text)) return err({ type: 'yaml-too-deep', limit: limits.jsonDepth })
  const value = parse(text)
  if (!value.ok) return value
  return cardFromTree({ value: value.value, warnings: lossy ? [{ type: 'invalid-utf8' }] : [] })
}

function parse(text: string): Result<Json, CardError> {
  try {
    const document = parseDocument(text, {
      schema: 'core',
      resolveKnownTags: false,
      uniqueKeys: false,
      stringKeys: true,
      logLevel: 'silent',
      prettyErrors: true,
    })
    const [problem] = document.errors
    if (problem) {
      const { line = 1, col = 1 } = problem.linePos?.[0] ?? {}
      return err({ type: 'malformed-yaml', line, column: col })
    }
    return ok(plain(document.toJS({ maxAliasCount })))
  } catch {
    // Anchors beyond measure end in an exception, and so would a stack that does.
    return err({ type: 'malformed-yaml', line: 1, column: 1 })
  }
}

/** A value as JSON has it, and no object twice, as a tree has none. */
function plain(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

/** Blanks, and the marks of lists and keys between them: `- - - x` nests three lists. */
const margin = /^(?:[ \t]|[-?:](?=[ \t]|$))*/

/** Counts brackets and the steps of indentation; where there is any doubt it counts too much. */
function nestsTooDeep(text: string): boolean {
  let depth = 0
  for (const line of text.split('\n')) {
    if ((margin.exec(line)?.[0].length ?? 0) > limits.jsonDepth * 2) return true
    for (const letter of line) {
      if (letter === '[' || letter === '{') depth++
      else if ((letter === ']' || letter === '}') && depth > 0) depth--
    }
    if (depth > limits.jsonDepth) return true
  }
  return false
}
