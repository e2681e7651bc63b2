import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes } from '#lib/bytes.ts'
import { createCard } from './create-card.ts'
import { iTXt, payload, png, tEXt, zTXt } from './png-fixture.ts'
import { describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'

const runs = Number(process.env['FUZZ_RUNS'] ?? 5000)
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')

/** Files to spoil: our own, and those of the corpus where it is there. Large ones make slow rounds and find no more. */
const seeds: Uint8Array[] = [...ownSeeds(), ...corpusSeeds()]

function ownSeeds(): Uint8Array[] {
  const document = createCard({
    name: 'Ana 灯',
    greetings: ['Hi {{user}}', 'Two\n"lines"'],
    tags: ['a'],
    her: { relationships: { Sam: 'friend' } },
  })
  const text = payload(document.raw)
  return [
    ...(['json-v2', 'json-v3', 'png', 'charx'] as const).map((format) => writeCard({ document }, format)),
    png([zTXt('chara', text)], [iTXt('ccv3', text, true)]),
    png([iTXt('Chara', text)], [tEXt('chara', text), tEXt('ccv3', text)]),
  ]
}

function corpusSeeds(): Uint8Array[] {
  return ['synthetic', 'real/json', 'real/png', 'real/lorebook']
    .map((folder) => resolve(corpus, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => new Uint8Array(readFileSync(resolve(folder, name)))))
    .filter((bytes) => bytes.length < 20_000)
}

/** One way to spoil a file; places are fractions of its length. */
type Mutation = (bytes: Uint8Array) => Uint8Array

const place = fc.double({ min: 0, max: 1, noNaN: true })
const interesting = fc.constantFrom(0, 1, 0x0a, 0x0d, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0xff)

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.oneof(interesting, fc.nat(255))).map(([at, byte]) => replaceAt(at, 1, Uint8Array.of(byte))),
  fc.tuple(place, fc.nat(64)).map(([at, length]) => replaceAt(at, length, new Uint8Array())),
  fc.tuple(place, fc.uint8Array({ maxLength: 16 })).map(([at, more]) => replaceAt(at, 0, more)),
  fc
    .tuple(place, fc.constantFrom(0, 0x7fffffff, 0x80000000, 0xffffffff, 12))
    .map(([at, value]) => replaceNumber(at, value)),
  place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, Math.floor(at * bytes.length))),
  fc.tuple(place, place, fc.integer({ min: 2, max: 300 })).map(([from, to, times]) => repeat(from, to, times)),
)

function replaceAt(at: number, length: number, more: Uint8Array): Mutation {
  return (bytes) => {
    const from = Math.floor(at * bytes.length)
    return concatBytes([bytes.subarray(0, from), more, bytes.subarray(from + length)])
  }
}

function replaceNumber(at: number, value: number): Mutation {
  return replaceAt(at, 4, Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value))
}

function repeat(from: number, to: number, times: number): Mutation {
  return (bytes) => {
    const start = Math.floor(Math.min(from, to) * bytes.length)
    const part = bytes.subarray(start, Math.min(Math.floor(Math.max(from, to) * bytes.length), start + 200))
    return concatBytes([bytes.subarray(0, start), ...Array.from({ length: times }, () => part), bytes.subarray(start)])
  }
}

test(`${runs} spoiled files: each is read or refused with a sentence, at once`, { timeout: 60_000 + runs * 20 }, () => {
  let slowest = 0
  const outcomes = { read: 0, refused: 0 }
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 4 }), (seed, mutations) => {
      const bytes = mutations.reduce((spoiled, mutate) => mutate(spoiled), seed)
      const started = performance.now()
      const result = readCard(bytes, 'spoiled.png')
      slowest = Math.max(slowest, performance.now() - started)
      if (!result.ok) {
        outcomes.refused++
        expect(describeCardError(result.error)).toMatch(/^[A-Z].+\.$/s)
        return
      }
      outcomes.read++
      const { document, picture, warnings } = result.value
      for (const warning of warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].+\.$/s)
      expect(viewCard(document).name.trim()).not.toBe('')
      // What was read can be written, whatever state its picture is in.
      const again = readCard(writeCard({ document, ...(picture ? { picture } : {}) }, 'png'))
      if (!again.ok) throw new Error(describeCardError(again.error))
      expect(viewCard(again.value.document).description).toBe(viewCard(document).description)
    }),
    { numRuns: runs },
  )
  expect(slowest).toBeLessThan(1000)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  // A fuzzer that spoils everything, or nothing, tests nothing.
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(runs / 50)
})
