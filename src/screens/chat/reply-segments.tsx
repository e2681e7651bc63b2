import { memo } from 'react'
import type { Making } from '#core/conversation/turn.ts'
import type { Reply, Segment } from '#core/her/segment.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { exhaustive } from '#lib/exhaustive.ts'
import type { LiveRun } from '#state/use-run.ts'
import { classNames } from '#ui/class-names.ts'
import { Markdown } from '#ui/markdown.tsx'
import { PlanningPanel } from './planning-panel.tsx'
import { useReadingRules } from './reading-rules.ts'
import { SpokenLine } from './spoken-line.tsx'
import { ThoughtPanel } from './thought-panel.tsx'
import { useMarks } from './use-marks.ts'

interface Props {
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  readonly reply: Reply
  readonly making: Making | undefined
  readonly run: LiveRun | undefined
}

/** The segments of a turn in the order they came. */
export function ReplySegments({ conversationId, turnId, reply, making, run }: Props) {
  const { segments } = reply
  const { isScript } = useReadingRules()
  return (
    <div className={classNames('story flex flex-col', isScript ? 'gap-1' : 'gap-2.5')}>
      {segments.map((segment, index) => {
        const thoughtIndex = thoughtBefore(segments, index)
        const thought = thoughtIndex === undefined ? undefined : segments[thoughtIndex]
        return (
          <SegmentView
            // biome-ignore lint/suspicious/noArrayIndexKey: segments only grow at the end, their place is what they are
            key={index}
            {...{ conversationId, turnId, segment, index, making, thought, thoughtIndex, run: liveFor(segment, run) }}
          />
        )
      })}
    </div>
  )
}

/** Only a planning block shows the run's clock; for the others the run is no reason to render. */
function liveFor(segment: Segment, run: LiveRun | undefined): LiveRun | undefined {
  return segment.layer === 'system_thinking' && !segment.closed ? run : undefined
}

/** Where the last thought before a spoken line stands, when no other line was spoken in between. */
function thoughtBefore(segments: readonly Segment[], index: number): number | undefined {
  if (segments[index]?.layer !== 'speech') return undefined
  for (let before = index - 1; before >= 0; before--) {
    const layer = segments[before]?.layer
    if (layer === 'role_thinking') return before
    if (layer === 'speech') return undefined
  }
  return undefined
}

interface SegmentProps {
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  readonly segment: Segment
  readonly index: number
  readonly making: Making | undefined
  /** For a spoken line: the thought right before it, and its place. */
  readonly thought: Segment | undefined
  readonly thoughtIndex: number | undefined
  readonly run: LiveRun | undefined
}

const SegmentView = memo(function SegmentView(props: SegmentProps) {
  const { conversationId, turnId, segment, index, making, thought, thoughtIndex, run } = props
  const marks = useMarks(turnId, index)
  const { isScript } = useReadingRules()
  switch (segment.layer) {
    case 'system_thinking':
      return <PlanningPanel {...{ conversationId, turnId, segment, index, making, run }} />
    case 'role_thinking':
      return <ThoughtPanel {...{ conversationId, turnId, segment, index }} />
    case 'role_action':
      return (
        <div
          data-layer="role_action"
          className={classNames(
            'text-soft italic',
            isScript ? 'script-direction ps-4 text-base leading-snug sm:ps-6' : 'text-[0.9375rem] leading-relaxed',
          )}
        >
          <Markdown text={segment.text} marks={marks} />
        </div>
      )
    case 'speech':
      return (
        <SpokenLine {...{ turnId, thought, thoughtIndex }}>
          <Markdown text={segment.text} marks={marks} />
        </SpokenLine>
      )
    default:
      return exhaustive(segment.layer)
  }
})
