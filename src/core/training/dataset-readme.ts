import type { DropReason } from './check-row.ts'
import { describeDrop, describePlace } from './describe-drop.ts'
import type { Dropped, TrainingReport } from './training-report.ts'
import type { TrainingShape } from './training-row.ts'

/** What goes beside a file of rows, for whoever gets it. */
export interface DatasetNote {
  readonly fileName: string
  readonly shape: TrainingShape
  readonly report: TrainingReport
  /** As whoever made it wrote it; may be empty. */
  readonly licence: string
  readonly consent: string
  /** How many names were replaced. Which, is not said. */
  readonly replaced: number
  /** `2026-11-26` */
  readonly date: string
}

const shapeNotes: Readonly<Record<TrainingShape, string>> = {
  clean: 'One conversation a row, in the fields of HER-Dataset’s `clean` file; every mind is in it.',
  sft_multi_turn: 'One character of one conversation a row, in the shape of HER-Dataset’s `sft_multi_turn`.',
  sft_single_turn: 'One turn a row with what came before it, in the shape of HER-Dataset’s `sft_single_turn`.',
  sharegpt: 'One character of one conversation a row, in ShareGPT’s shape.',
  preference: 'Two answers to one prompt a row, in the conversational shape of TRL.',
}

/**
 * A README in Markdown, with the head that dataset hosts read. It is not in the reader's language: it goes where the data
 * goes.
 */
export function datasetReadme({ fileName, shape, report, licence, consent, replaced, date }: DatasetNote): string {
  const dropped = Object.entries(report.dropped) as [DropReason, Dropped][]
  return `---
license: ${JSON.stringify(licence.trim() || 'unknown')}
tags: [role-play, her, subtext]
configs:
  - config_name: default
    data_files: ${JSON.stringify(fileName)}
---

# ${fileName}

${shapeNotes[shape]} Exported from Subtext on ${date}.

- Rows: ${report.rows}, of ${report.chats} chats and scenes
- Rows whose last turn has no planning: ${report.unplanned}
- Names and places replaced: ${replaced}

Where a row comes from stands in its last column, provenance: an id that stays the same, and for each of its characters' turns whether
words, thoughts and planning were written by a model, by hand, or afterwards by a teacher model.

## Licence

${licence.trim() || 'Not stated.'}

## Consent

${consent.trim() || 'Not stated.'}

## Left out

${dropped.length === 0 ? 'Nothing.' : dropped.map(([reason, { count }]) => `- ${count} × ${reason}`).join('\n')}
`
}

/** What was left out and why, in sentences for the screen. */
export function droppedInWords(
  report: TrainingReport,
): { reason: DropReason; sentence: string; count: number; where: string }[] {
  return (Object.entries(report.dropped) as [DropReason, Dropped][])
    .map(([reason, { count, example }]) => ({
      reason,
      sentence: describeDrop(reason),
      count,
      where: describePlace(example),
    }))
    .sort((one, other) => other.count - one.count)
}
