import { Fragment, type ReactNode } from 'react'
import { Lines } from './lines.tsx'

/** A stretch of a text, in UTF-16 offsets. */
interface TextRange {
  readonly start: number
  readonly end: number
}

/** Finds the stretches of a text that are to be marked: in order, apart from each other. */
export type FindRanges = (text: string) => readonly TextRange[]

export interface Marks {
  readonly rangesOf: FindRanges
  /** Which of them, counted through the whole text, is the one the reader is at. */
  readonly current?: number | undefined
}

interface Props {
  readonly text: string
  readonly marks: Marks | undefined
}

/** Text in which a line break is a line break, with stretches of it marked. */
export function MarkedText({ text, marks }: Props) {
  return marks ? markRanges(text, marks.rangesOf(text), 0, marks.current) : <Lines text={text} />
}

/** The part of a text that begins at `offset`, with what of the whole text's ranges lies in it marked. */
export function markRanges(
  part: string,
  ranges: readonly TextRange[],
  offset: number,
  current: number | undefined,
): ReactNode {
  const nodes: ReactNode[] = []
  let at = 0
  for (const [index, range] of ranges.entries()) {
    const start = Math.max(at, range.start - offset)
    const end = Math.min(part.length, range.end - offset)
    if (start >= end) continue
    nodes.push(
      <Fragment key={index}>
        <Lines text={part.slice(at, start)} />
        <mark
          data-current={index === current || undefined}
          className="rounded-sm bg-mark text-ink data-current:bg-mark-current"
        >
          <Lines text={part.slice(start, end)} />
        </mark>
      </Fragment>,
    )
    at = end
  }
  nodes.push(<Lines key="rest" text={part.slice(at)} />)
  return nodes
}
