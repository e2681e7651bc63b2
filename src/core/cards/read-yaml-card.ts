import { parseDocument } from 'yaml'
import { err, ok, type Result } from '#lib/result.ts'
import type { Json } from './card.ts'
import type { CardError } from './card-error.ts'
import { decodeText } from './decode-text.ts'
import { limits } from './limits.ts'
import { cardFromTree, type JsonCard } from './read-json-card.ts'
import { lineAndColumn } from './tolerant-json.ts'

/** How often an anchor may be used: a few kilobytes of anchors within anchors unfold to gigabytes. */
const maxAliasCount = 50

/** Reads a character in YAML, as text-generation-webui writes them. Tags and types of YAML's own are not followed. */
export function readYamlCard(bytes: Uint8Array): Result<JsonCard, CardError> {
  if (bytes.length > limits.yaml) return err({ type: 'yaml-too-large', bytes: bytes.length, limit: limits.yaml })
  const { text, lossy } = decodeText(bytes)
  const excess = findExcess(text)
  if (excess) return err(excess)
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
      // Making them pretty takes longer than all the rest when there are many.
      prettyErrors: false,
    })
    const [problem] = document.errors
    if (problem) {
      return err({ type: 'malformed-yaml', ...lineAndColumn(text, problem.pos[0]) })
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

/** Counts lines, commas, brackets and the steps of indentation; where there is any doubt it counts too much. */
function findExcess(text: string): CardError | undefined {
  const tooDeep = { type: 'yaml-too-deep', limit: limits.jsonDepth } as const
  let depth = 0
  let marks = 0
  for (const line of text.split('\n')) {
    marks++
    if ((margin.exec(line)?.[0].length ?? 0) > limits.jsonDepth * 2) return tooDeep
    for (const letter of line) {
      if (letter === '[' || letter === '{') depth++
      else if ((letter === ']' || letter === '}') && depth > 0) depth--
      else if (letter !== ',') continue
      marks++
      if (depth > limits.jsonDepth) return tooDeep
    }
  }
  return marks > limits.yamlMarks ? { type: 'json-too-many-values', limit: limits.yamlMarks } : undefined
}
