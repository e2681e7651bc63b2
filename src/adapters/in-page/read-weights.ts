import { longestHead } from '#core/gguf/gguf-cursor.ts'
import { type GgufHead, readGguf } from '#core/gguf/read-gguf.ts'
import { mostBytes } from '#core/in-page/plan-memory.ts'
import { WeightsFailure } from '#core/in-page/weights.ts'

/** Most heads of small models are within the first step; a large vocabulary takes the second. */
const steps = [1024 * 1024, 16 * 1024 * 1024, longestHead]

interface Named {
  readonly name: string
  readonly blob: Blob
}

/**
 * Puts the files of a model into their order and judges them by their heads: that each is GGUF, that none is cut off,
 * that all parts are there, and that an engine in a page can hold them. Gives the head of the first.
 */
export async function readWeights(files: readonly Named[]): Promise<{ head: GgufHead; blobs: readonly Blob[] }> {
  const read = await Promise.all(files.map(async (file) => ({ ...file, head: await readHead(file) })))
  const sorted = read.toSorted((a, b) => (a.head.part?.index ?? 0) - (b.head.part?.index ?? 0))
  const [first] = sorted
  const wanted = first?.head.part?.count ?? 1
  const isWhole = sorted.length === wanted && sorted.every(({ head }, index) => (head.part?.index ?? 0) === index)
  if (!first || !isWhole) throw new WeightsFailure({ kind: 'parts', found: files.length, wanted })
  const bytes = sorted.reduce((sum, { blob }) => sum + blob.size, 0)
  if (bytes > mostBytes) throw new WeightsFailure({ kind: 'too-large', bytes })
  return { head: first.head, blobs: sorted.map(({ blob }) => blob) }
}

async function readHead({ name, blob }: Named): Promise<GgufHead> {
  for (const step of steps) {
    const result = readGguf(new Uint8Array(await blob.slice(0, step).arrayBuffer()))
    if (result.ok) {
      const { leastBytes } = result.value
      if (blob.size < leastBytes) throw new WeightsFailure({ kind: 'truncated', name, bytes: blob.size, leastBytes })
      return result.value
    }
    const { error } = result
    if (error.kind === 'not-gguf') throw new WeightsFailure({ kind: 'not-gguf', name })
    if (error.kind === 'version') throw new WeightsFailure({ kind: 'old-version', name, version: error.version })
    if (error.kind === 'spoiled') throw new WeightsFailure({ kind: 'spoiled', name, what: error.what })
    if (blob.size <= step) break
  }
  if (blob.size < 4) throw new WeightsFailure({ kind: 'not-gguf', name })
  if (blob.size > longestHead) throw new WeightsFailure({ kind: 'spoiled', name, what: 'its head does not end' })
  throw new WeightsFailure({ kind: 'truncated', name, bytes: blob.size, leastBytes: blob.size + 1 })
}
