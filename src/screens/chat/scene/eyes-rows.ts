import type { Turn } from '#core/conversation/turn.ts'
import type { SeenTurns } from '#core/scene/eyes.ts'

/** A turn, or a stretch of turns in a row that a character missed, as places in the path; `to` is not part of it. */
export interface EyesRow {
  readonly from: number
  readonly to: number
  readonly isMissed: boolean
}

/** The rows of a story seen by one: of what it missed in one go it doesn't even know how many turns there were. */
export function rowsOf(path: readonly Turn[], eyes: SeenTurns): EyesRow[] {
  const rows: EyesRow[] = []
  for (const place of path.keys()) {
    const last = rows.at(-1)
    const isMissed = !eyes.wasThere(place)
    if (isMissed && last?.isMissed) rows[rows.length - 1] = { ...last, to: place + 1 }
    else rows.push({ from: place, to: place + 1, isMissed })
  }
  return rows
}
