import { ChevronRight } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { Making } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { t } from '#lib/translate.ts'
import type { Layers } from '#state/layers.ts'
import type { LiveRun } from '#state/use-run.ts'
import { classNames } from '#ui/class-names.ts'
import { MarkedText } from '#ui/marked-text.tsx'
import { BreakSealButton } from './break-seal-button.tsx'
import { useReadingRules } from './reading-rules.ts'
import { useMarks } from './use-marks.ts'
import { useOpenPanel } from './use-open-panel.ts'

const opensWith: readonly Layers[] = ['planning']

const heading = '-ms-1 flex min-h-7 w-full items-center gap-1.5 rounded px-1 text-start text-faint hover:text-ink'

interface Props {
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  readonly segment: Segment
  readonly index: number
  readonly making: Making | undefined
  readonly run: LiveRun | undefined
}

/** How the model planned the reply: a quiet drawer that says how long it took and how many tokens. */
export function PlanningPanel({ conversationId, turnId, segment, index, making, run }: Props) {
  const [state, setOpen] = useOpenPanel(turnId, segment, index, opensWith)
  const { isScript } = useReadingRules()
  const isOpen = state === 'open'
  const id = useId()
  const seconds = useSeconds(run, making?.planningMs)
  const marks = useMarks(turnId, index)
  // A script tells nothing of how it was made, but where that was asked for.
  if (isScript && !isOpen) return null
  if (state === 'sealed') {
    return (
      <div data-layer="system_thinking" className="font-sans text-[0.8125rem] leading-relaxed">
        <BreakSealButton {...{ conversationId, turnId, index }} name={t('Planning')} className={heading}>
          <ChevronRight aria-hidden className="size-3.5 opacity-40 rtl:-scale-x-100" />
        </BreakSealButton>
      </div>
    )
  }
  return (
    <div data-layer="system_thinking" className="font-sans text-[0.8125rem] leading-relaxed">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={(event) => setOpen(!isOpen, event.currentTarget)}
        className={heading}
      >
        <ChevronRight
          aria-hidden
          className={classNames('size-3.5 transition-transform rtl:-scale-x-100', isOpen && 'rotate-90 rtl:-rotate-90')}
        />
        <span>{t('Planning')}</span>
        <span className="tabular-nums">
          {seconds !== undefined && `· ${t('{seconds, number, ::.0} s', { seconds })} `}
          {`· ~${t('{count, plural, one {# token} other {# tokens}}', { count: countTokens(segment) })}`}
        </span>
        <span aria-hidden className="ms-1 h-px flex-1 bg-line" />
      </button>
      <div
        id={id}
        hidden={!isOpen}
        className="border-line border-s pt-0.5 pb-1 ps-3.5 whitespace-pre-wrap text-soft as-written"
      >
        <MarkedText text={segment.text} marks={marks} />
      </div>
    </div>
  )
}

/** While a block grows a count that costs the same for each token; a closer estimate once it is whole. */
function countTokens({ text, closed }: Segment): number {
  return closed ? estimateTokens(text) : Math.ceil(text.length / 4.4)
}

/** Seconds spent planning, ticking ten times a second while it goes on. */
function useSeconds(run: LiveRun | undefined, planningMs: number | undefined): number | undefined {
  const startedAt = run?.phase === 'streaming' ? run.firstByteAt : undefined
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (startedAt === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [startedAt])
  if (startedAt !== undefined) return Math.max(0, now - startedAt) / 1000
  return planningMs === undefined ? undefined : planningMs / 1000
}
