import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createCard } from '#core/cards/create-card.ts'
import { pngSignature } from '#core/cards/png-chunks.ts'
import { readCard } from '#core/cards/read-card.ts'
import { type CardFormat, writeCard } from '#core/cards/write-card.ts'
import { pngChunk } from '#core/cards/write-png.ts'
import { concatBytes, uint32 } from '#lib/bytes.ts'
import { atMost, type Figure, known, median } from './figure.ts'

const count = 1000
const formats: readonly CardFormat[] = ['png', 'png', 'png', 'json-v2', 'charx']
const pictureBytes = 200_000

/** A picture of noise, which is what the bytes of a picture look like; its pixels are never decoded. */
function picture(seed: number): Uint8Array {
  const noise = new Uint8Array(pictureBytes)
  let state = seed + 1
  for (let at = 0; at < noise.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    noise[at] = state >>> 16
  }
  const header = concatBytes([uint32(400), uint32(600), Uint8Array.of(8, 2, 0, 0, 0)])
  return concatBytes([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', noise),
    pngChunk('IEND', new Uint8Array()),
  ])
}

/** Card files as a library has them: mostly pictures, with a few thousand words in each card. */
function writeCards(folder: string): { files: string[]; bytes: number } {
  let bytes = 0
  const files = Array.from({ length: count }, (_, index) => {
    const document = createCard({
      name: `Character ${index}`,
      description: `A clerk at the grey pier, number ${index}. `.repeat(100),
      greetings: Array.from({ length: 4 }, (_unused, at) => `*looks up* "${at}: you are late, {{user}}." `.repeat(20)),
      exampleDialogue: '<START>\n{{user}}: Hello.\n{{char}}: Hello yourself.\n'.repeat(30),
      tags: ['bench', `tag ${index % 40}`],
    })
    const format = formats[index % formats.length] ?? 'png'
    const file = join(folder, `${index}`)
    const written = writeCard({ document, picture: { bytes: picture(index), type: 'image/png' } }, format)
    bytes += written.length
    writeFileSync(file, written)
    return file
  })
  return { files, bytes }
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

interface Cost {
  readonly ms: number
  /** Held at the end by what was kept of all files, and by nothing else. */
  readonly heldBytes: number
}

/** What it costs to go over all files and keep of each what `take` gives. */
function measure(files: readonly string[], take: (bytes: Uint8Array) => unknown): Cost {
  collectGarbage()
  const before = held()
  const start = performance.now()
  const kept = files.map((file) => take(readFileSync(file)))
  const ms = performance.now() - start
  collectGarbage()
  const heldBytes = held() - before
  if (kept.length !== files.length) throw new Error('Not all files were read')
  return { ms, heldBytes }
}

function held(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Keeps of a card what the library does: its document. The file itself goes to the disk. */
function readDocument(bytes: Uint8Array): unknown {
  const read = readCard(bytes)
  if (!read.ok) throw new Error(`Not read: ${read.error.type}`)
  return structuredClone(read.value.document)
}

/**
 * What reading a thousand cards costs over reading the bytes of their files alone: time as a ratio of the medians of
 * five rounds, and the memory held in the end over the size of the files.
 */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'))
  try {
    const { files, bytes } = writeCards(folder)
    measure(files, readDocument)
    const rounds = Array.from({ length: 5 }, () => ({
      alone: measure(files, (file) => file.length),
      read: measure(files, readDocument),
    }))
    const alone = median(rounds.map((round) => round.alone.ms))
    const read = median(rounds.map((round) => round.read.ms))
    const heldBytes = median(rounds.map((round) => round.read.heldBytes))
    const details = {
      cards: count,
      megabytes: Math.round(bytes / 1e6),
      msAlone: Math.round(alone),
      ms: Math.round(read),
    }
    return [
      atMost(20, '1,000 cards: time of reading them over reading their bytes', read / alone, '×', details),
      known('1,000 cards: time a card', read / count, 'ms'),
      atMost(1, '1,000 cards: memory held over the size of their files', heldBytes / bytes, '×', {
        heldMegabytes: Math.round(heldBytes / 1e6),
      }),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
