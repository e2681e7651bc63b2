import { rowsOf, type TrainingChoice, type TrainingSource } from '#core/training/rows-of.ts'
import { createReport, type TrainingReport } from '#core/training/training-report.ts'
import type { TrainingItem } from '#core/training/training-rows.ts'

/** Chats and scenes one after the other; a string is the title of one of which nothing can be told. */
export type TrainingSources = AsyncIterable<TrainingSource | string>

/** An export that is going on: its lines, and what became of all it has gone through so far. */
export interface TrainingExport {
  /** One row each, without a line break. Nothing of a chat is kept when the next is asked for. */
  readonly lines: AsyncGenerator<string>
  readonly report: () => TrainingReport
}

export interface ExportTraining {
  readonly sources: TrainingSources
  readonly choice: TrainingChoice
  /** Called now and then, so that whoever else is in the thread gets a turn. */
  readonly breathe?: () => Promise<void>
  readonly onItem?: (item: TrainingItem) => void
}

/** So many characters are written between two breaths. */
const breathLength = 400_000

/** Writes rows as they are read, in memory that does not grow with their number. */
export function exportTraining({ sources, choice, breathe, onItem }: ExportTraining): TrainingExport {
  const keeper = createReport()
  async function* lines(): AsyncGenerator<string> {
    let written = 0
    for await (const source of sources) {
      keeper.countChat()
      if (typeof source === 'string') {
        keeper.countDropped('cast-gone', { title: source, name: '' })
        continue
      }
      for (const item of rowsOf(source, choice)) {
        onItem?.(item)
        if (item.kind === 'dropped') keeper.countDropped(item.reason, item.place)
        else {
          const line = JSON.stringify(item.row)
          keeper.countRow(item.isPlanned, line.length)
          yield line
          written += line.length
        }
        if (breathe && written > breathLength) {
          written = 0
          await breathe()
        }
      }
    }
  }
  return { lines: lines(), report: keeper.report }
}
