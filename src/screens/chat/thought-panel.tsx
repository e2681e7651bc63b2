import type { Segment } from '#core/her/segment.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import type { Layers } from '#state/layers.ts'
import { useLayout } from '#state/layout.ts'
import { classNames } from '#ui/class-names.ts'
import { Markdown } from '#ui/markdown.tsx'
import { BreakSealButton } from './break-seal-button.tsx'
import { useReadingRules } from './reading-rules.ts'
import { Seal } from './seal.tsx'
import { useMarks } from './use-marks.ts'
import { useOpenPanel } from './use-open-panel.ts'

/** The layers that open thoughts by themselves. */
export const thoughtsOpenWith: readonly Layers[] = ['thoughts', 'planning']

/** The id of the element that holds a thought's words, also while it is closed. */
export function thoughtId(turnId: TurnId, index: number): string {
  return `thought-${turnId}-${index}`
}

const heading = '-ms-1 flex min-h-7 items-center gap-2 rounded px-1 font-sans text-xs text-accent hover:brightness-110'

interface Props {
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  readonly segment: Segment
  readonly index: number
}

/** What the character thought and did not say: sealed in the margin, or open beside its colour. */
export function ThoughtPanel({ conversationId, turnId, segment, index }: Props) {
  const [state, setOpen] = useOpenPanel(turnId, segment, index, thoughtsOpenWith)
  const noteThoughtOpened = useLayout((layout) => layout.noteThoughtOpened)
  const marks = useMarks(turnId, index)
  const { isScript } = useReadingRules()
  const isOpen = state === 'open'
  const id = thoughtId(turnId, index)
  return (
    <div
      data-layer="role_thinking"
      className={isScript ? 'relative min-h-7 ps-4 sm:ps-6' : 'border-accent/60 border-s-2 ps-3.5'}
    >
      {state === 'sealed' ? (
        <BreakSealButton {...{ conversationId, turnId, index }} name={t('Inner thought')} className={heading}>
          <Seal isOpen={false} />
        </BreakSealButton>
      ) : (
        <>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={(event) => {
              setOpen(!isOpen, event.currentTarget)
              noteThoughtOpened()
            }}
            className={classNames(heading, isScript && isOpen && 'absolute top-0 -start-6')}
          >
            <Seal isOpen={isOpen} />
            <span className={isScript && isOpen ? 'sr-only' : undefined}>
              {isOpen ? t('Inner thought') : t('Inner thought, unsaid')}
            </span>
          </button>
          <div
            id={id}
            hidden={!isOpen}
            className={classNames('pb-0.5 text-[1.0625rem] text-soft italic', isScript && 'script-aside leading-snug')}
          >
            <Markdown text={segment.text} marks={marks} />
          </div>
        </>
      )}
    </div>
  )
}
