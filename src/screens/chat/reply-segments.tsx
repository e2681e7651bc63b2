import { memo } from 'react'
import type { Making } from '#core/conversation/turn.ts'
import type { Reply, Segment } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { exhaustive } from '#lib/exhaustive.ts'
import type { LiveRun } from '#state/use-run.ts'
import { Markdown } from '#ui/markdown.tsx'
import { PlanningPanel } from './planning-panel.tsx'
import { ThoughtPanel } from './thought-panel.tsx'

interface Props {
  readonly turnId: TurnId
  readonly reply: Reply
  readonly making: Making | undefined
  readonly run: LiveRun | undefined
}

/** The segments of a turn in the order they came. */
export function ReplySegments({ turnId, reply, making, run }: Props) {
  return (
    <div className="story flex flex-col gap-2.5">
      {reply.segments.map((segment, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: segments only grow at the end, their place is what they are
        return <SegmentView key={index} {...{ turnId, segment, index, making, run: liveFor(segment, run) }} />
      })}
    </div>
  )
}

/** Only a planning block shows the run's clock; for the others the run is no reason to render. */
function liveFor(segment: Segment, run: LiveRun | undefined): LiveRun | undefined {
  return segment.layer === 'system_thinking' && !segment.closed ? run : undefined
}

interface SegmentProps {
  readonly turnId: TurnId
  readonly segment: Segment
  readonly index: number
  readonly making: Making | undefined
  readonly run: LiveRun | undefined
}

const SegmentView = memo(function SegmentView({ turnId, segment, index, making, run }: SegmentProps) {
  switch (segment.layer) {
    case 'system_thinking':
      return <PlanningPanel {...{ turnId, segment, index, making, run }} />
    case 'role_thinking':
      return <ThoughtPanel {...{ turnId, segment, index }} />
    case 'role_action':
      return (
        <div data-layer="role_action" className="text-[0.9375rem] text-soft italic leading-relaxed">
          <Markdown text={segment.text} />
        </div>
      )
    case 'speech':
      return (
        <div data-layer="speech" className="flex flex-col gap-2.5">
          <Markdown text={segment.text} />
        </div>
      )
    default:
      return exhaustive(segment.layer)
  }
})
