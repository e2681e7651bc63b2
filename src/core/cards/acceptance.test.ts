import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { Json } from './card.ts'
import { cardFields } from './card-fields.ts'
import { createCard } from './create-card.ts'
import { editField } from './edit-card.ts'
import { findAssets, isEmbedded } from './find-asset.ts'
import { isObject } from './json-tree.ts'
import { firstChunkOffset, walkChunks } from './png-chunks.ts'
import { describeCardError, type ReadCard, readCard } from './read-card.ts'
import { writeCard } from './write-card.ts'

// What a reader and writer of cards must show, on every real card there is. They belong to others and so are not in
// this repository.
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')
const absent = !existsSync(corpus)
const reason = absent ? ` (skipped: no card corpus at ${corpus}; set CARD_CORPUS)` : ''

const cards: readonly (readonly [string, Uint8Array, ReadCard])[] = (
  absent ? [] : ['real/json', 'real/png', 'real/charx', 'synthetic']
).flatMap((folder) =>
  readdirSync(resolve(corpus, folder)).flatMap((name) => {
    const bytes = new Uint8Array(readFileSync(resolve(corpus, folder, name)))
    // The bombs take their time to be refused, elsewhere.
    const read = name.includes('ztxt_bomb') ? undefined : readCard(bytes, name)
    return read?.ok ? [[name, bytes, read.value] as const] : []
  }),
)

function whole(bytes: Uint8Array): ReadCard {
  const read = readCard(bytes, 'x')
  if (!read.ok) throw new Error(describeCardError(read.error))
  return read.value
}

describe.skipIf(absent)(`every card${reason}`, () => {
  test('is read as V3 JSON with nothing lost but the label and nothing new but what V3 requires', () => {
    expect(cards.length).toBeGreaterThan(70)
    for (const [name, , { document }] of cards) {
      const again = whole(writeCard({ document }, 'json-v3')).document
      const added = missingFrom(cardFields(document), cardFields(again), [])
      const allowed = /^(?:group_only_greetings|character_book\.entries\.\w+\.(?:use_regex|constant))$/
      // A card of V1 with labels of its own at the root gives them up for the label of V3.
      const lost = missingFrom(cardFields(again), cardFields(document), []).filter((path) => !/^spec/.test(path))
      expect([name, lost, added.filter((path) => !allowed.test(path))]).toEqual([name, [], []])
    }
  })

  test('leaves the other chunks of its PNG as they were, in their order', () => {
    for (const [, bytes, { document, picture }] of cards) {
      if (picture?.bytes !== bytes || picture.type !== 'image/png') continue
      const written = writeCard({ document, picture }, 'png')
      const others = (file: Uint8Array) =>
        [...walkChunks(file, firstChunkOffset(file) ?? 0)]
          .filter(({ type, data }) => type !== 'tEXt' && !/^(?:chara|ccv3)\0/i.test(head(data)) && type !== 'IEND')
          .map(({ offset, end }) => Buffer.from(file.subarray(offset, end)).toString('base64'))
      expect(others(written)).toEqual(others(bytes))
    }
  })

  test('has one place changed when one field is edited', () => {
    for (const [name, , { document }] of cards) {
      const edited = editField(document, 'scenario', 'Elsewhere.')
      const before = JSON.parse(new TextDecoder().decode(writeCard({ document }, 'json-v3')))
      const after = JSON.parse(new TextDecoder().decode(writeCard({ document: edited }, 'json-v3')))
      const changed = differences(before, after, []).filter((path) => !/^(?:data\.)?scenario$/.test(path))
      expect([name, changed]).toEqual([name, []])
    }
  })

  test('is a CHARX that others open, and whose every address leads to a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cards-'))
    const python = hasPython()
    try {
      for (const [name, , card] of cards) {
        const written = writeCard(card, 'charx')
        expect(Object.keys(unzipSync(written))).toContain('card.json')
        const again = whole(written)
        const missing = findAssets(again.document, again.files).filter(({ uri, file }) => isEmbedded(uri) && !file)
        // Two cards say they come with what they lack from the start.
        const lacking = new Map([
          ['evil_names.charx', 2],
          ['jasl__fc233c67_ccv3_st_export_like.json', 1],
        ])
        expect([name, missing.length]).toEqual([name, lacking.get(name) ?? 0])
        if (python) writeFileSync(join(folder, `${name}.zip`), written)
      }
      if (python) {
        const script =
          'import sys,zipfile,glob\nfor f in glob.glob(sys.argv[1]+"/*.zip"): assert zipfile.ZipFile(f).testzip() is None\nprint("good")'
        expect(execFileSync('python3', ['-c', script, folder], { encoding: 'utf8' }).trim()).toBe('good')
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 60_000)
})

test('a card of 1.7 MB is read in a fraction of a second', () => {
  const long = createCard({
    name: 'Long',
    description: 'Ünï '.repeat(400_000),
    greetings: ['{{user}} '.repeat(10_000)],
  })
  for (const format of ['json-v3', 'png', 'charx'] as const) {
    const bytes = writeCard({ document: long }, format)
    whole(bytes)
    expect(cpuTime(() => whole(bytes))).toBeLessThan(2000)
  }
})

test('an archive of 90 MB is read without copying it', () => {
  const file = {
    path: 'assets/x.bin',
    method: 0,
    packed: new Uint8Array(45 * 1_048_576),
    size: 45 * 1_048_576,
    checksum: 0,
  }
  const document = createCard({ name: 'Heavy', description: 'd' })
  const bytes = writeCard({ document, files: [file, { ...file, path: 'assets/y.bin' }] }, 'charx')
  const before = process.memoryUsage().arrayBuffers
  const card = whole(bytes)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1_048_576)
  expect(card.files.map(({ packed }) => packed.buffer === bytes.buffer)).toEqual([true, true])
})

function head(data: Uint8Array): string {
  return Buffer.from(data.subarray(0, 16)).toString('latin1')
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'])
    return true
  } catch {
    return false
  }
}

/** The paths of what the second tree has and the first lacks, or has otherwise. */
function missingFrom(first: Json, second: Json, path: readonly string[]): string[] {
  return differences(first, second, path).filter((place) => at(second, place.split('.')) !== undefined)
}

function differences(first: Json | undefined, second: Json | undefined, path: readonly string[]): string[] {
  if (Array.isArray(first) && Array.isArray(second)) {
    return keysOf(first, second).flatMap((key) => differences(first[Number(key)], second[Number(key)], [...path, key]))
  }
  if (isObject(first) && isObject(second)) {
    const get = (tree: typeof first, key: string) => (Object.hasOwn(tree, key) ? tree[key] : undefined)
    return keysOf(first, second).flatMap((key) => differences(get(first, key), get(second, key), [...path, key]))
  }
  return Object.is(first, second) ? [] : [path.join('.')]
}

function keysOf(first: object, second: object): string[] {
  return [...new Set([...Object.keys(first), ...Object.keys(second)])]
}

function at(tree: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, Json>)[key]
        : undefined,
    tree,
  )
}
