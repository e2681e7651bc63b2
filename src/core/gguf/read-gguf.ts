import { err, ok, type Result } from '#lib/result.ts'

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

export type GgufProblem =
  /** No GGUF file at all. */
  | { readonly kind: 'not-gguf' }
  /** A version of the format, or an order of bytes, that llama.cpp reads no more. */
  | { readonly kind: 'version'; readonly version: number }
  /** The bytes end within the head: more of the file may tell. */
  | { readonly kind: 'more' }
  /** It contradicts itself, or claims what no file has. */
  | { readonly kind: 'spoiled'; readonly what: string }

/** Heads of real models are a few megabytes, most of it their vocabulary. */
export const longestHead = 64 * 1024 * 1024
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

type Value = string | number | boolean | List
/** A list, whose values were kept or only counted. */
interface List {
  readonly count: number
  readonly values?: readonly Value[]
}

class Ended extends Error {}
class Spoiled extends Error {
  readonly problem: GgufProblem
  constructor(problem: GgufProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

function spoiled(what: string): never {
  throw new Spoiled({ kind: 'spoiled', what })
}

const textType = 8
const listType = 9
const sizesOfTypes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
}

/** Goes through the head. Nothing is set aside by what a number claims: only what is there is read. */
class Cursor {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  at = 0
  tensors = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  skip(size: number): number {
    const from = this.at
    if (from + size > this.#bytes.length) throw new Ended()
    this.at = from + size
    return from
  }

  uint32(): number {
    return this.#view.getUint32(this.skip(4), true)
  }

  /** A 64-bit number, which must be one that a file can have. */
  size(): number {
    const value = Number(this.#view.getBigUint64(this.skip(8), true))
    if (value > Number.MAX_SAFE_INTEGER) spoiled('it claims a size that no file has')
    return value
  }

  text(most = longestHead): string {
    return decoder.decode(this.#stretch(most))
  }

  /** @param keeps a list's texts and numbers are kept; else a list is only counted. */
  value(type: number, keeps: boolean): Value {
    if (type === textType) return this.text()
    if (type === listType) return this.#list(keeps)
    return this.#scalar(type)
  }

  #stretch(most: number): Uint8Array {
    const size = this.size()
    if (size > most) spoiled(`it claims a text of ${size} bytes`)
    const from = this.skip(size)
    return this.#bytes.subarray(from, from + size)
  }

  #list(keeps: boolean): List {
    const type = this.uint32()
    const count = this.size()
    if (type === listType) spoiled('it has lists in lists')
    const size = sizesOfTypes[type]
    if (size === undefined && type !== textType) spoiled(`it has a value of type ${type}`)
    if (!keeps && size !== undefined) {
      this.skip(size * count)
      return { count }
    }
    // Each takes a byte at least: a count that is a lie ends with the bytes.
    const values: Value[] = []
    for (let index = 0; index < count; index++) {
      if (type !== textType) values.push(this.#scalar(type))
      else if (keeps) values.push(this.text())
      else this.#stretch(longestHead)
    }
    return keeps ? { count, values } : { count }
  }

  #scalar(type: number): number | boolean {
    const size = sizesOfTypes[type]
    if (size === undefined) spoiled(`it has a value of type ${type}`)
    const from = this.skip(size)
    const view = this.#view
    switch (type) {
      case 0:
        return view.getUint8(from)
      case 1:
        return view.getInt8(from)
      case 2:
        return view.getUint16(from, true)
      case 3:
        return view.getInt16(from, true)
      case 4:
        return view.getUint32(from, true)
      case 5:
        return view.getInt32(from, true)
      case 6:
        return view.getFloat32(from, true)
      case 7:
        return view.getUint8(from) !== 0
      case 10:
        return Number(view.getBigUint64(from, true))
      case 11:
        return Number(view.getBigInt64(from, true))
      default:
        return view.getFloat64(from, true)
    }
  }
}

const decoder = new TextDecoder()

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
