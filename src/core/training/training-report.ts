import type { DropReason } from './check-row.ts'
import type { TrainingPlace } from './training-rows.ts'

/** How many rows were left out for one reason, and where the first of them was. */
export interface Dropped {
  readonly count: number
  readonly example: TrainingPlace
}

/** What became of all that was chosen. */
export interface TrainingReport {
  readonly chats: number
  readonly rows: number
  /** Rows whose last turn nobody planned. */
  readonly unplanned: number
  readonly characters: number
  readonly dropped: Readonly<Partial<Record<DropReason, Dropped>>>
}

/** Counts what goes by, however much that is. */
export interface ReportKeeper {
  countChat(): void
  countRow(isPlanned: boolean, length: number): void
  countDropped(reason: DropReason, place: TrainingPlace): void
  report(): TrainingReport
}

export function createReport(): ReportKeeper {
  const dropped: Partial<Record<DropReason, Dropped>> = {}
  let [chats, rows, unplanned, characters] = [0, 0, 0, 0]
  return {
    countChat: () => {
      chats += 1
    },
    countRow: (isPlanned, length) => {
      rows += 1
      characters += length
      if (!isPlanned) unplanned += 1
    },
    countDropped: (reason, place) => {
      const before = dropped[reason]
      dropped[reason] = before ? { ...before, count: before.count + 1 } : { count: 1, example: place }
    },
    report: () => ({ chats, rows, unplanned, characters, dropped: { ...dropped } }),
  }
}
