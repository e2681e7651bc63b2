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

/** What a field holds. */
export type Value = string | number | boolean | List
/** A list, whose values were kept or only counted. */
export interface List {
  readonly count: number
  readonly values?: readonly Value[]
}

/** The bytes end before what was to be read. */
export class Ended extends Error {}
/** What was read is none of the format. */
export class Spoiled extends Error {
  readonly problem: GgufProblem
  constructor(problem: GgufProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

export function spoiled(what: string): never {
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
export class Cursor {
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
