import { err, ok, type Result } from '#lib/result.ts'
import { Cursor, Ended, type GgufProblem, type List, Spoiled, spoiled, type Value } from './gguf-cursor.ts'

/** What the head of a GGUF file says that we want to know. */
export interface GgufHead {
  readonly architecture: string
  readonly name?: string
  readonly licence?: string
  /** In tokens. */
  readonly trainedTokens?: number
  readonly chatTemplate?: string
  /** Bytes that one token of context takes, keys and values as 16-bit numbers; missing where the head does not say. */
  readonly contextBytesPerToken?: number
  readonly vocabularySize: number
  /** Which part of a split model this is; the first is 0. Missing in a model that is one file. */
  readonly part?: { readonly index: number; readonly count: number }
  /** How long the file must at least be, by where its tensors begin and how many numbers they hold. */
  readonly leastBytes: number
}

/** Lists that a counter of tokens wants; nobody wants others. */
const kept: ReadonlySet<string> = new Set(['tokens', 'merges', 'token_type'].map((name) => `tokenizer.ggml.${name}`))
const longestKey = 65_535
const mostFields = 65_536
const mostTensors = 65_536
const mostDimensions = 4

/** The beginning of a file, judged. Work and memory are bounded by the bytes that are given, whatever they claim. */
export function readGguf(bytes: Uint8Array): Result<GgufHead, GgufProblem> {
  if (bytes.length >= 4 && (bytes[0] !== 0x47 || bytes[1] !== 0x47 || bytes[2] !== 0x55 || bytes[3] !== 0x46)) {
    return err({ kind: 'not-gguf' })
  }
  const cursor = new Cursor(bytes)
  try {
    return ok(readHead(cursor))
  } catch (error) {
    if (error instanceof Ended) return err({ kind: 'more' })
    if (error instanceof Spoiled) return err(error.problem)
    throw error
  }
}

/** The tokens and merges of a model, for counting; undefined where its head does not hold them. */
export function readVocabulary(bytes: Uint8Array): GgufVocabulary | undefined {
  const cursor = new Cursor(bytes)
  try {
    const fields = readFields(cursor, kept)
    const listOf = (name: string) => valuesOf(fields.get(`tokenizer.ggml.${name}`))
    const tokens = listOf('tokens').filter((value) => typeof value === 'string')
    if (tokens.length === 0) return undefined
    return {
      model: textOf(fields.get('tokenizer.ggml.model')) ?? '',
      pre: textOf(fields.get('tokenizer.ggml.pre')) ?? '',
      tokens,
      merges: listOf('merges').filter((value) => typeof value === 'string'),
      types: listOf('token_type').filter((value) => typeof value === 'number'),
      addsFirst: fields.get('tokenizer.ggml.add_bos_token') === true,
    }
  } catch (error) {
    if (error instanceof Ended || error instanceof Spoiled) return undefined
    throw error
  }
}

export interface GgufVocabulary {
  /** The kind of tokenizer: `gpt2` is byte-level BPE. */
  readonly model: string
  /** How text is cut before it. */
  readonly pre: string
  readonly tokens: readonly string[]
  readonly merges: readonly string[]
  readonly types: readonly number[]
  readonly addsFirst: boolean
}

function readHead(cursor: Cursor): GgufHead {
  const fields = readFields(cursor, new Set())
  const architecture = textOf(fields.get('general.architecture')) ?? ''
  const own = (name: string) => numberOf(fields.get(`${architecture}.${name}`))
  const parts = numberOf(fields.get('split.count'))
  const index = numberOf(fields.get('split.no'))
  const vocabulary = fields.get('tokenizer.ggml.tokens')
  const contextBytesPerToken = contextBytes(own)
  const name = textOf(fields.get('general.name'))
  const licence = textOf(fields.get('general.license'))
  const trainedTokens = own('context_length')
  const chatTemplate = textOf(fields.get('tokenizer.chat_template'))
  const leastBytes = readTensors(cursor, numberOf(fields.get('general.alignment')) ?? 32)
  if (architecture === '' && (parts === undefined || index === 0)) spoiled('it names no architecture')
  return {
    architecture,
    ...(name !== undefined && { name }),
    ...(licence !== undefined && { licence }),
    ...(trainedTokens !== undefined && { trainedTokens }),
    ...(chatTemplate !== undefined && { chatTemplate }),
    ...(contextBytesPerToken !== undefined && { contextBytesPerToken }),
    vocabularySize: isList(vocabulary) ? vocabulary.count : 0,
    ...(parts !== undefined && parts > 1 && index !== undefined && { part: { index, count: parts } }),
    leastBytes,
  }
}

/** Keys and values of every layer, as 16-bit numbers. */
function contextBytes(own: (name: string) => number | undefined): number | undefined {
  const layers = own('block_count')
  const heads = own('attention.head_count')
  const width = own('embedding_length')
  const headsKept = own('attention.head_count_kv') ?? heads
  if (layers === undefined || headsKept === undefined || heads === undefined || width === undefined || heads === 0) {
    return undefined
  }
  const headWidth = width / heads
  const numbers = (own('attention.key_length') ?? headWidth) + (own('attention.value_length') ?? headWidth)
  return Math.ceil(layers * headsKept * numbers * 2)
}

/** Reads what is beside the tensors. Lists are walked over; those that are `wanted` are kept. */
function readFields(cursor: Cursor, wanted: ReadonlySet<string>): Map<string, Value> {
  cursor.skip(4)
  const version = cursor.uint32()
  if (version !== 2 && version !== 3) throw new Spoiled({ kind: 'version', version })
  cursor.tensors = cursor.size()
  const count = cursor.size()
  if (cursor.tensors > mostTensors) spoiled(`it claims ${cursor.tensors} tensors`)
  if (count > mostFields) spoiled(`it claims ${count} fields`)
  const fields = new Map<string, Value>()
  for (let index = 0; index < count; index++) {
    const key = cursor.text(longestKey)
    fields.set(key, cursor.value(cursor.uint32(), wanted.has(key)))
  }
  return fields
}

function readTensors(cursor: Cursor, alignment: number): number {
  if (alignment < 1 || alignment > 65_536) spoiled(`its alignment is ${alignment}`)
  let end = 0
  for (let index = 0; index < cursor.tensors; index++) {
    cursor.text(longestKey)
    const dimensions = cursor.uint32()
    if (dimensions > mostDimensions) spoiled(`a tensor has ${dimensions} dimensions`)
    let numbers = 1
    for (let dimension = 0; dimension < dimensions; dimension++) numbers *= cursor.size()
    const type = cursor.uint32()
    const offset = cursor.size()
    end = Math.max(end, offset + Math.floor((numbers * (bitsOfTypes[type] ?? leastBits)) / 8))
  }
  return Math.ceil(cursor.at / alignment) * alignment + end
}

/** How many bits a number takes, by ggml's types; of those that are not listed at least so many. */
const leastBits = 1
const bitsOfTypes: Readonly<Record<number, number>> = {
  0: 32,
  1: 16,
  2: 4.5,
  3: 5,
  6: 5.5,
  7: 6,
  8: 8.5,
  10: 2.625,
  11: 3.4375,
  12: 4.5,
  13: 5.5,
  14: 6.5625,
  20: 4.5,
  23: 4.25,
  24: 8,
  25: 16,
  26: 32,
  27: 64,
  28: 64,
  30: 16,
}

function isList(value: Value | undefined): value is List {
  return typeof value === 'object'
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A number that a size can be. Some models give one for each layer, of which nobody knows here: then none. */
function numberOf(value: Value | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

function valuesOf(value: Value | undefined): readonly Value[] {
  return (isList(value) && value.values) || []
}
