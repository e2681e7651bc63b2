import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { concatBytes } from '#lib/bytes.ts'

/** Files for each reader; `FUZZ_RUNS=100000 npm run unit -- fuzz` is the thorough round. */
export const fuzzRuns = Number(process.env['FUZZ_RUNS'] ?? 2000)
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')

/** Files of the corpus to spoil, where it is there. Large ones make slow rounds and find no more. */
export function corpusSeeds(folder: string, wanted = /./): Uint8Array[] {
  const path = resolve(corpus, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => wanted.test(name))
    .map((name) => new Uint8Array(readFileSync(resolve(path, name))))
    .filter((bytes) => bytes.length < 20_000)
}

/** One way to spoil a file; places are fractions of its length. */
export type Mutation = (bytes: Uint8Array) => Uint8Array

const place = fc.double({ min: 0, max: 1, noNaN: true })
const interesting = fc.constantFrom(0, 1, 0x0a, 0x0d, 0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0xff)
const lengths = fc.constantFrom(0, 1, 12, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff)

export function mutationFor(others: readonly Uint8Array[]): fc.Arbitrary<Mutation> {
  return fc.oneof(
    fc.tuple(place, fc.nat(7)).map(([at, bit]) => flip(at, bit)),
    fc.tuple(place, fc.oneof(interesting, fc.nat(255))).map(([at, byte]) => replaceAt(at, 1, Uint8Array.of(byte))),
    fc.tuple(place, fc.nat(64)).map(([at, length]) => replaceAt(at, length, new Uint8Array())),
    fc.tuple(place, fc.uint8Array({ maxLength: 16 })).map(([at, more]) => replaceAt(at, 0, more)),
    fc.tuple(place, lengths, fc.boolean()).map(([at, value, isLittle]) => replaceNumber(at, value, isLittle)),
    place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, Math.floor(at * bytes.length))),
    fc.tuple(place, place, fc.integer({ min: 2, max: 300 })).map(([from, to, times]) => repeat(from, to, times)),
    fc.tuple(place, place, fc.constantFrom(...others)).map(([at, from, other]) => splice(at, from, other)),
  )
}

function flip(at: number, bit: number): Mutation {
  return (bytes) => {
    const index = Math.min(Math.floor(at * bytes.length), bytes.length - 1)
    return index < 0 ? bytes : bytes.with(index, (bytes[index] ?? 0) ^ (1 << bit))
  }
}

function replaceAt(at: number, length: number, more: Uint8Array): Mutation {
  return (bytes) => {
    const from = Math.floor(at * bytes.length)
    return concatBytes([bytes.subarray(0, from), more, bytes.subarray(from + length)])
  }
}

function replaceNumber(at: number, value: number, isLittle: boolean): Mutation {
  const bytes = Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
  return replaceAt(at, 4, isLittle ? bytes.reverse() : bytes)
}

function repeat(from: number, to: number, times: number): Mutation {
  return (bytes) => {
    const start = Math.floor(Math.min(from, to) * bytes.length)
    const part = bytes.subarray(start, Math.min(Math.floor(Math.max(from, to) * bytes.length), start + 200))
    return concatBytes([bytes.subarray(0, start), ...Array.from({ length: times }, () => part), bytes.subarray(start)])
  }
}

/** The beginning of one file with the end of another. */
function splice(at: number, from: number, other: Uint8Array): Mutation {
  return (bytes) =>
    concatBytes([bytes.subarray(0, Math.floor(at * bytes.length)), other.subarray(Math.floor(from * other.length))])
}
