import * as z from 'zod/mini'
import { type PartialWeights, type Weights, WeightsFailure } from '#core/in-page/weights.ts'
import { fileNameOf, weightsUrls } from '#core/in-page/weights-url.ts'
import type { Progress, WeightsOffer, WeightsPort } from '#ports/in-page.ts'
import { fetchWeights, sizeOf } from './fetch-weights.ts'
import { readWeights } from './read-weights.ts'
import type { WeightsDisk } from './weights-disk.ts'

/** What is written at once: what a page that is closed in the middle loses. */
const pieceBytes = 32 * 1024 * 1024
/** Less than this is never left to the rest of the page's data. */
const spareBytes = 50 * 1024 * 1024

const noteSchema = z.object({
  name: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), url: z.optional(z.string()) })),
  isWhole: z.boolean(),
})
type Note = z.infer<typeof noteSchema>

interface Options {
  /** None where the browser keeps nothing: then files are for one visit. */
  readonly disk: WeightsDisk | undefined
  readonly fetch: typeof fetch
  readonly freeBytes: () => Promise<number | undefined>
  readonly askForPersistence?: () => void
  /** How long one waits for a server, in milliseconds. */
  readonly patienceMs?: number
  readonly pauseMs?: number
}

export interface WeightsStore extends WeightsPort {
  /** The files of a model, in their order; undefined when it is not here. */
  open(name: string): Promise<readonly Blob[] | undefined>
}

/** The weights that this browser has: on its disk, or files that were opened for this visit. */
export function createWeightsStore({
  disk,
  fetch,
  freeBytes,
  askForPersistence,
  patienceMs,
  pauseMs,
}: Options): WeightsStore {
  const visiting = new Map<string, { readonly weights: Weights; readonly blobs: readonly Blob[] }>()
  const patience = { ...(patienceMs !== undefined && { patienceMs }), ...(pauseMs !== undefined && { pauseMs }) }

  async function readNote(folder: string): Promise<Note | undefined> {
    const text = await disk?.readNote(folder)
    if (text === undefined) return undefined
    try {
      return noteSchema.safeParse(JSON.parse(text)).data
    } catch {
      return undefined
    }
  }

  /** The files of a folder as they are now. */
  async function blobsOf(folder: string, { files }: Note): Promise<{ name: string; blob: Blob }[]> {
    return Promise.all(
      files.map(async ({ name }, index) => ({
        name,
        blob: new Blob([...((await disk?.pieces(folder, index)) ?? [])]),
      })),
    )
  }

  async function judge(folder: string, note: Note): Promise<Weights> {
    const { head, blobs } = await readWeights(await blobsOf(folder, note))
    const url = note.files[0]?.url
    const bytes = blobs.reduce((sum, { size }) => sum + size, 0)
    return { name: note.name, bytes, head, ...(url !== undefined && { url }) }
  }

  async function list() {
    const whole: Weights[] = [...visiting.values()].map(({ weights }) => weights)
    const partial: PartialWeights[] = []
    for (const folder of (await disk?.folders()) ?? []) {
      const note = await readNote(folder)
      if (!note || !disk) continue
      if (note.isWhole) {
        // What the disk lost is not there, whatever the note says.
        const weights = await judge(folder, note).catch(() => undefined)
        if (weights) whole.push(weights)
      } else {
        const blobs = await blobsOf(folder, note)
        const url = note.files[0]?.url
        partial.push({
          name: note.name,
          ...(url !== undefined && { url }),
          bytes: blobs.reduce((sum, { blob }) => sum + blob.size, 0),
          totalBytes: note.files.reduce((sum, { bytes }) => sum + bytes, 0),
        })
      }
    }
    return { whole, partial }
  }

  async function lookUp(typed: string, signal: AbortSignal): Promise<WeightsOffer> {
    const urls = weightsUrls(typed)
    const [first] = urls ?? []
    if (!urls || first === undefined) throw new WeightsFailure({ kind: 'bad-url' })
    const sizes = await Promise.all(urls.map((url) => sizeOf(url, fetch, signal)))
    const free = await freeBytes()
    return {
      name: fileNameOf(first),
      urls,
      sizes,
      totalBytes: sizes.reduce((sum, size) => sum + size, 0),
      ...(free !== undefined && { freeBytes: free }),
    }
  }

  /** Writes what comes in pieces; the last one may be short. */
  async function fill(
    folder: string,
    file: number,
    from: { pieces: number },
    parts: AsyncIterable<Uint8Array<ArrayBuffer> | 'restart'>,
    onBytes: (count: number | 'restart') => void,
  ): Promise<void> {
    let piece = from.pieces
    let held: Uint8Array<ArrayBuffer>[] = []
    let heldBytes = 0
    const flush = async () => {
      if (heldBytes === 0) return
      await onDisk(() => disk?.writePiece(folder, file, piece, held))
      piece += 1
      held = []
      heldBytes = 0
    }
    try {
      for await (const part of parts) {
        onBytes(part === 'restart' ? part : part.byteLength)
        if (part === 'restart') {
          await disk?.clear(folder, file)
          piece = 0
          held = []
          heldBytes = 0
          continue
        }
        held.push(part)
        heldBytes += part.byteLength
        if (heldBytes >= pieceBytes) await flush()
      }
    } finally {
      // Also what came before it broke off, or was stopped.
      await flush()
    }
  }

  async function room(bytes: number): Promise<void> {
    const free = await freeBytes()
    if (free !== undefined && bytes + spareBytes > free) {
      throw new WeightsFailure({ kind: 'no-room', bytes, freeBytes: free })
    }
  }

  async function download(offer: WeightsOffer, onProgress: (progress: Progress) => void, signal: AbortSignal) {
    if (!disk) throw new WeightsFailure({ kind: 'disk', detail: 'pages that came over plain http have none.' })
    const folder = folderOf(offer.name)
    const files = offer.urls.map((url, index) => ({ name: fileNameOf(url), bytes: offer.sizes[index] ?? 0, url }))
    const before = await readNote(folder)
    const goesOn = before !== undefined && !before.isWhole && JSON.stringify(before.files) === JSON.stringify(files)
    if (before && !goesOn) await disk.remove(folder)
    const note: Note = { name: offer.name, files, isWhole: false }
    let bytes = goesOn ? (await blobsOf(folder, note)).reduce((sum, { blob }) => sum + blob.size, 0) : 0
    await room(offer.totalBytes - bytes)
    askForPersistence?.()
    if (!goesOn) await onDisk(() => disk.writeNote(folder, JSON.stringify(note)))
    const tell = () => onProgress({ bytes, totalBytes: offer.totalBytes })
    tell()
    for (const [index, { url, bytes: totalBytes }] of files.entries()) {
      const pieces = await disk.pieces(folder, index)
      const from = pieces.reduce((sum, { size }) => sum + size, 0)
      let own = from
      const parts = fetchWeights({ url, from, totalBytes }, { fetch, signal, ...patience })
      await fill(folder, index, { pieces: pieces.length }, parts, (count) => {
        bytes += count === 'restart' ? -own : count
        own = count === 'restart' ? 0 : own + count
        tell()
      })
    }
    return finish(folder, note)
  }

  /** What is whole by its length is looked at once more, and taken away when it is no model. */
  async function finish(folder: string, note: Note): Promise<Weights> {
    try {
      const weights = await judge(folder, note)
      await onDisk(() => disk?.writeNote(folder, JSON.stringify({ ...note, isWhole: true })))
      visiting.delete(note.name)
      return weights
    } catch (error) {
      await disk?.remove(folder)
      throw error
    }
  }

  async function take(
    files: readonly File[],
    keeps: boolean,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ) {
    const named = files.map((file) => ({ name: file.name, blob: file }))
    const { head, blobs } = await readWeights(named)
    const sorted = blobs as readonly File[]
    const name = sorted[0]?.name ?? ''
    const totalBytes = sorted.reduce((sum, { size }) => sum + size, 0)
    if (!keeps || !disk) {
      const weights: Weights = { name, bytes: totalBytes, head, isForThisVisit: true }
      visiting.set(name, { weights, blobs: sorted })
      return weights
    }
    await room(totalBytes)
    askForPersistence?.()
    const folder = folderOf(name)
    const note: Note = { name, files: sorted.map((file) => ({ name: file.name, bytes: file.size })), isWhole: false }
    if (await readNote(folder)) await disk.remove(folder)
    await onDisk(() => disk.writeNote(folder, JSON.stringify(note)))
    let bytes = 0
    try {
      for (const [index, file] of sorted.entries()) {
        await fill(folder, index, { pieces: 0 }, stream(file, signal), (count) => {
          if (count !== 'restart') bytes += count
          onProgress({ bytes, totalBytes })
        })
      }
    } catch (error) {
      await disk.remove(folder)
      throw error
    }
    return finish(folder, note)
  }

  return {
    list,
    lookUp,
    download,
    take,
    remove: async (name) => {
      if (!visiting.delete(name)) await disk?.remove(folderOf(name))
    },
    open: async (name) => {
      const visit = visiting.get(name)
      if (visit) return visit.blobs
      const folder = folderOf(name)
      if (!(await disk?.folders())?.includes(folder)) return undefined
      const note = await readNote(folder)
      if (!note?.isWhole) return undefined
      return (await readWeights(await blobsOf(folder, note))).blobs
    },
  }
}

async function* stream(file: File, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const bytes of file.stream()) {
    signal.throwIfAborted()
    yield bytes as Uint8Array<ArrayBuffer>
  }
}

/** A name that every disk takes: no slashes, no dots alone. */
function folderOf(name: string): string {
  return `m-${encodeURIComponent(name)}`
}

async function onDisk(write: () => Promise<void> | undefined): Promise<void> {
  try {
    await write()
  } catch (error) {
    throw new WeightsFailure({ kind: 'disk', detail: error instanceof Error ? error.message : String(error) })
  }
}
