import type { Conversation } from '#core/conversation/conversation.ts'
import { locale, t } from '#lib/translate.ts'
import { useSummaryWork } from '#state/memory.ts'
import { useWeight } from '#state/previews.ts'
import { classNames } from '#ui/class-names.ts'
import { openChatDialog } from './chat-dialogs.tsx'

interface Props {
  readonly conversation: Conversation
  /** All turns are in memory. */
  readonly isReady: boolean
}

/** What goes to the model beside the composer's words: the note that stands, and how full its window is. */
export function PromptRow({ conversation, isReady }: Props) {
  return (
    <>
      <NoteChip conversation={conversation} />
      <SummaryNote conversation={conversation} />
      <ContextGauge conversation={conversation} isReady={isReady} />
    </>
  )
}

function NoteChip({ conversation: { note } }: Pick<Props, 'conversation'>) {
  if (!note) return null
  return (
    <button
      type="button"
      onClick={() => openChatDialog('note')}
      className="min-w-0 truncate rounded-full border border-line px-2.5 py-0.5 text-soft text-xs hover:border-faint"
    >
      {note.lasts === 'once'
        ? t('Director’s note, once: {note}', { note: note.text })
        : t('Director’s note, standing: {note}', { note: note.text })}
    </button>
  )
}

/** That a summary of old turns is being made, or could not be: quietly, since nothing waits for it. */
function SummaryNote({ conversation: { id } }: Pick<Props, 'conversation'>) {
  const work = useSummaryWork(id)
  if (!work) return null
  return (
    <button
      type="button"
      onClick={() => openChatDialog('memory')}
      className="min-w-0 truncate rounded-full px-2 py-0.5 text-faint text-xs hover:bg-sunken hover:text-ink"
    >
      {work.phase === 'writing' ? t('Summarising old turns…') : t('Old turns could not be summarised')}
    </button>
  )
}

/** Quiet until little is left. An estimate, and called one: the exact count, where there is one, is behind it. */
function ContextGauge({ conversation, isReady }: Props) {
  const weight = useWeight(conversation, isReady)
  if (!weight) return null
  const { used, context, reply } = weight
  const isTight = used + reply > context * 0.9
  return (
    <button
      type="button"
      title={t('What the model sees')}
      onClick={() => openChatDialog('inspector')}
      className="-me-2 flex min-h-6 shrink-0 items-center gap-2 rounded-full px-2 py-0.5 text-faint text-xs hover:bg-sunken hover:text-ink"
    >
      <span aria-hidden className="h-1 w-10 overflow-hidden rounded-full bg-line">
        <span
          className={classNames('block h-full', isTight ? 'bg-danger' : 'bg-accent')}
          style={{ width: `${Math.min(100, (100 * used) / context)}%` }}
        />
      </span>
      <span className="max-sm:sr-only">
        {t('{used} / {context} tokens, estimated', { used: short(used), context: short(context) })}
      </span>
      {/* In one row with what stands beside it, also on the narrowest screen. */}
      <span aria-hidden className="sm:hidden">{`≈ ${short(used)} / ${short(context)}`}</span>
    </button>
  )
}

const compact = new Intl.NumberFormat(locale, { notation: 'compact' })

function short(tokens: number): string {
  return compact.format(tokens).toLowerCase()
}
