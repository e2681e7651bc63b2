import { err, ok, type Result } from '#lib/result.ts'
import type { CardDocument, Json } from './card.ts'
import type { CardError } from './card-error.ts'
import type { CardWarning } from './card-warning.ts'
import { type DecodedText, decodeText } from './decode-text.ts'
import { inspectTree } from './inspect-tree.ts'
import { isList, isObject, own } from './json-tree.ts'
import { limits } from './limits.ts'
import { readJson } from './read-json.ts'
import { recogniseJson } from './recognise-json.ts'

export interface JsonCard {
  readonly document: CardDocument
  readonly warnings: readonly CardWarning[]
}

/** A tree read from text, and what had to be mended for that. */
export interface JsonTree {
  readonly value: Json
  readonly warnings: readonly CardWarning[]
}

/** Reads a card from the bytes of its JSON text. `orLatin1`: see `decodeText`. */
export function readJsonCard(bytes: Uint8Array, orLatin1 = false): Result<JsonCard, CardError> {
  const tree = readJsonTree(bytes, orLatin1)
  return tree.ok ? cardFromTree(tree.value) : tree
}

/** Reads JSON, whatever it says, within the limits and with the good will that cards get. */
export function readJsonTree(bytes: Uint8Array, orLatin1 = false): Result<JsonTree, CardError> {
  if (bytes.length > limits.json) return err({ type: 'json-too-large', bytes: bytes.length, limit: limits.json })
  const warnings: CardWarning[] = []
  const tree = readTree(decodeText(bytes, orLatin1), warnings)
  return tree.ok ? ok({ value: tree.value, warnings }) : tree
}

/** The card a tree is, or the one card in a list. */
export function cardFromTree({ value, warnings }: JsonTree): Result<JsonCard, CardError> {
  const recognised = recogniseJson(value)
  switch (recognised.kind) {
    case 'unknown':
      return err({ type: 'not-a-card', found: recognised.found })
    case 'unsupported':
      return err({ type: 'unsupported-format', format: recognised.format })
    case 'several': {
      const [only, ...others] = recognised.items
      if (only === undefined || others.length > 0) {
        return err({ type: 'several-cards', count: recognised.items.length })
      }
      return cardFromTree({ value: only, warnings: [...warnings, { type: 'wrapped-json', as: 'list' }] })
    }
    case 'card': {
      const { spec, raw } = recognised
      return ok({ document: { spec, raw }, warnings: [...warnings, ...recognised.warnings, ...inspectTree(raw)] })
    }
  }
}

/** Parses, and unpacks JSON that is packed in JSON: once, as that is how it is found. */
function readTree({ text, lossy }: DecodedText, warnings: CardWarning[]): Result<Json, CardError> {
  if (lossy) warnings.push({ type: 'invalid-utf8' })
  const parsed = readJson(text)
  if (!parsed.ok) return parsed
  const { value, repairs } = parsed.value
  if (repairs.length > 0) warnings.push({ type: 'repaired-json', repairs })
  if (warnings.some(({ type }) => type === 'wrapped-json')) return ok(value)
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) {
    warnings.push({ type: 'wrapped-json', as: 'text' })
    return readTree({ text: value, lossy: false }, warnings)
  }
  const bytes = serialisedBytes(value)
  if (!bytes) return ok(value)
  warnings.push({ type: 'wrapped-json', as: 'bytes' })
  return readTree(decodeText(bytes), warnings)
}

/** The bytes of a file that a Node program wrote as JSON by mistake: `{"type":"Buffer","data":[123,…]}`. */
function serialisedBytes(value: Json): Uint8Array | undefined {
  if (!isObject(value) || own(value, 'type') !== 'Buffer') return undefined
  const data = own(value, 'data')
  return isList(data) ? Uint8Array.from(data, Number) : undefined
}
