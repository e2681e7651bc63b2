import { Reading, type ReplyOptions } from './reading.ts'
import type { Tile } from './segment.ts'

/**
 * Accounts for every character of `raw`. Reads it once more with a reader that keeps track, which spares all other
 * readings the cost; that this gives the same segments is what "chunking does not matter" says.
 */
export function readTiles(raw: string, options: ReplyOptions, isFinished: boolean): Tile[] {
  const reading = new Reading(options, true)
  reading.push(raw)
  if (isFinished) reading.finish()
  const { reader, echoLength } = reading
  const found: Tile[] = reader.marks.map((mark) => ({ ...mark }))
  const open = [reader.speech, reader.block].filter((stretch) => stretch !== undefined && stretch.text !== '')
  const spans = [...reader.settledSpans, ...open.map((stretch) => stretch?.spans ?? [])]
  for (const [segment, pairs] of spans.entries()) {
    for (let index = 0; index < pairs.length; index += 2) {
      found.push({ kind: 'text', start: pairs[index] ?? 0, end: pairs[index + 1] ?? 0, segment })
    }
  }
  const inRaw = found.map((tile) => ({ ...tile, start: reading.toRaw(tile.start), end: reading.toRaw(tile.end) }))
  const isEchoKnown = echoLength < raw.length || isFinished
  if (echoLength > 0) {
    inRaw.unshift({ kind: isEchoKnown ? 'echo' : 'held', start: 0, end: echoLength })
  }
  if (reader.cutStart >= 0) inRaw.push({ kind: 'cut', start: reading.toRaw(reader.cutStart), end: raw.length })
  return fillGaps(raw, inRaw)
}

/** Sorted, with what prefill covers clipped off, neighbours of a kind joined, and the gaps named. */
function fillGaps(raw: string, found: readonly Tile[]): Tile[] {
  const tiles: Tile[] = []
  let at = 0
  const add = (tile: Tile) => {
    const last = tiles.at(-1)
    if (last && last.kind === 'text' && tile.kind === 'text' && last.segment === tile.segment) {
      tiles[tiles.length - 1] = { ...last, end: tile.end }
    } else tiles.push(tile)
    at = tile.end
  }
  const fill = (end: number) => {
    if (end > at) add({ kind: raw.slice(at, end).trim() === '' ? 'layout' : 'held', start: at, end })
  }
  for (const tile of found.filter(({ start, end }) => end > start).sort((one, other) => one.start - other.start)) {
    fill(tile.start)
    add(tile)
  }
  fill(raw.length)
  return tiles
}
