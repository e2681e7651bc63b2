import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Segment } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'
import { Markdown } from '#ui/markdown.tsx'
import { Seal } from './seal.tsx'
import { thoughtId, thoughtsOpenWith } from './thought-panel.tsx'
import { usePanelState } from './use-open-panel.ts'

/** A pointer that only passes over a line asks for nothing; in milliseconds. */
const hoverMs = 250

/** What a note may need above its line, in pixels. */
const noteRoom = 200

interface Props {
  readonly turnId: TurnId
  readonly thought: Segment | undefined
  readonly thoughtIndex: number | undefined
  readonly children: ReactNode
}

/** What is said aloud. Where a closed thought stands right before it, the line tells that thought to who lingers on it. */
export function SpokenLine({ turnId, thought, thoughtIndex = -1, children }: Props) {
  const isClosed = usePanelState(turnId, thought, thoughtIndex, thoughtsOpenWith) === 'closed'
  if (!thought || !isClosed) {
    return (
      <div data-layer="speech" className="flex flex-col gap-2.5">
        {children}
      </div>
    )
  }
  return (
    <LineWithNote thought={thought} describedBy={thoughtId(turnId, thoughtIndex)}>
      {children}
    </LineWithNote>
  )
}

interface NoteProps {
  readonly thought: Segment
  /** The id of the element that holds the thought's words. */
  readonly describedBy: string
  readonly children: ReactNode
}

/** The note lies over the page, so that nothing moves. It comes by hover, tap and focus, and goes with them or by Escape. */
function LineWithNote({ thought, describedBy, children }: NoteProps) {
  const line = useRef<HTMLDivElement>(null)
  const [note, setNote] = useState<'above' | 'below'>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function show() {
    const top = line.current?.getBoundingClientRect().top ?? 0
    const edge = line.current?.closest('[role=log]')?.getBoundingClientRect().top ?? 0
    setNote(top - edge > noteRoom ? 'above' : 'below')
  }
  function hide() {
    clearTimeout(timer.current)
    setNote(undefined)
  }

  useEffect(() => {
    if (!note) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setNote(undefined)
    }
    const onPointerDown = (event: PointerEvent) => {
      if (!line.current?.contains(event.target as Node)) setNote(undefined)
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('pointerdown', onPointerDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('pointerdown', onPointerDown)
    }
  }, [note])

  return (
    <div
      ref={line}
      data-layer="speech"
      className="relative flex flex-col gap-2.5"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') timer.current = setTimeout(show, hoverMs)
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') hide()
      }}
      onPointerUp={(event) => {
        if (event.pointerType === 'mouse') return
        if (note) hide()
        else show()
      }}
    >
      <button
        type="button"
        aria-label={t('Between the lines')}
        aria-describedby={describedBy}
        onFocus={show}
        onBlur={hide}
        className="pointer-events-none absolute top-1.5 -start-4.5 rounded-full text-accent opacity-0 focus-visible:opacity-100"
      >
        <Seal isOpen />
      </button>
      {children}
      {note && (
        <div
          role="note"
          aria-label={t('The thought before this line')}
          className={classNames(
            'absolute start-0 z-20 flex max-h-44 max-w-[34rem] flex-col gap-2 overflow-y-auto rounded-xl border border-accent/50 bg-raised px-3.5 py-2 text-[0.9375rem] text-soft italic leading-relaxed shadow-lg',
            'xl:top-0 xl:bottom-auto xl:start-full xl:ms-3 xl:w-44 xl:max-h-72 2xl:w-60',
            note === 'above' ? 'bottom-full mb-1' : 'top-full mt-1',
          )}
        >
          <Markdown text={thought.text} />
        </div>
      )}
    </div>
  )
}
