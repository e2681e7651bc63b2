import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import { readRow } from '#core/training/read-row.ts'

/** What was found in a file of rows. */
export interface PickedRows {
  readonly scenes: readonly ReadScene[]
  /** How many rows were looked at. */
  readonly looked: number
  /** Rows that could not be read, and why the first of them could not. */
  readonly unreadable: number
  readonly firstProblem?: string
  /** There is more behind the last that was looked at. */
  readonly hasMore: boolean
}

export interface PickRows {
  /** Only rows that have these words, in any case; every row, where it is empty. */
  readonly wanted: string
  readonly most: number
  readonly signal?: AbortSignal | undefined
  /** Told now and then how many rows were looked at. */
  readonly onProgress?: (looked: number) => void
}

/**
 * Picks the first scenes out of a file of rows, however long that is: of rows that are not wanted nothing is kept, they
 * are not even parsed.
 */
export async function pickRows(
  lines: AsyncIterable<string>,
  { wanted, most, signal, onProgress }: PickRows,
): Promise<PickedRows> {
  const isWanted = createRowFilter(wanted)
  const scenes: ReadScene[] = []
  let [looked, unreadable] = [0, 0]
  let firstProblem: string | undefined
  const fail = (why: string) => {
    unreadable += 1
    firstProblem ??= `${looked}: ${why}`
  }
  for await (const line of lines) {
    if (signal?.aborted) break
    if (line.trim() === '') continue
    if (scenes.length >= most)
      return { scenes, looked, unreadable, ...(firstProblem && { firstProblem }), hasMore: true }
    looked += 1
    if (looked % 1000 === 0) onProgress?.(looked)
    if (!isWanted(line)) continue
    try {
      for (const read of readRow(JSON.parse(line))) {
        if (typeof read === 'string') fail(read)
        else if (scenes.length < most) scenes.push(read)
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      fail(error.message)
    }
  }
  return { scenes, looked, unreadable, ...(firstProblem && { firstProblem }), hasMore: signal?.aborted ?? false }
}

/** Words are looked for in a row as it is written: plainly, or with every other letter escaped. */
export function createRowFilter(wanted: string): (line: string) => boolean {
  const words = wanted.trim().toLowerCase()
  if (words === '') return () => true
  const plain = JSON.stringify(words).slice(1, -1)
  const escaped = plain.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return (line) => {
    const folded = line.toLowerCase()
    return folded.includes(plain) || (escaped !== plain && folded.includes(escaped))
  }
}
