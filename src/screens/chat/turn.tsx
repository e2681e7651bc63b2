import { Bookmark } from 'lucide-react'
import { memo } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useRunOf } from '#state/use-run.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { EndingNote } from './ending-note.tsx'
import { KeptNote } from './kept-note.tsx'
import { ReadAloudNote } from './read-aloud-note.tsx'
import { useReadingRules } from './reading-rules.ts'
import { ReplySegments } from './reply-segments.tsx'
import { Stage } from './stage.tsx'
import { TakeSwitch } from './take-switch.tsx'
import { TurnActions } from './turn-actions.tsx'

interface Props {
  readonly turn: Turn
  readonly players: Players
  readonly isLast: boolean
  /** Which take this is, from 1, and how many there are. */
  readonly take: number
  readonly takes: number
  readonly previousTake: TurnId | undefined
  readonly nextTake: TurnId | undefined
}

/** One turn of the transcript. Renders anew only when its row changed or its words are arriving. */
export const TurnView = memo(function TurnView({ turn, players, isLast, take, takes, previousTake, nextTake }: Props) {
  const run = useRunOf(turn.conversationId, turn.id)
  const reply = !run ? readTurn(turn, players.cast) : run.phase === 'waiting' ? run.before : run.reply
  const { kind } = turn.speaker
  const label = players.labelOf(turn.speaker)
  const hue = players.hueOf(turn.speaker)
  const { isScript } = useReadingRules()
  const segments = (
    <ReplySegments conversationId={turn.conversationId} turnId={turn.id} reply={reply} making={turn.making} run={run} />
  )
  return (
    <article
      aria-label={label}
      {...(hue !== undefined && hueProps(hue))}
      data-speaker={kind}
      data-turn={turn.id}
      tabIndex={-1}
      className={classNames(
        isScript ? 'py-1.5' : 'py-3',
        'group/turn relative mx-auto w-full max-w-[42rem] touch-pan-y px-4 outline-none transition-transform motion-reduce:transition-none sm:px-6 in-data-reading:max-w-[50rem] in-data-reading:[&_.story]:text-[1.3125rem]',
      )}
    >
      {kind === 'environment' ? (
        <div
          className={
            isScript
              ? 'script-told py-1 ps-7 text-[0.9375rem] text-soft italic sm:ps-10'
              : 'mx-auto max-w-[34rem] border-line border-y py-3 text-center text-[0.9375rem] text-soft italic'
          }
        >
          {segments}
        </div>
      ) : (
        <>
          <header className={classNames('flex flex-wrap items-baseline gap-x-3 gap-y-0.5', isScript ? 'mb-0' : 'mb-1')}>
            <span
              className={classNames(
                isScript
                  ? 'font-story font-medium text-[1.0625rem] lowercase tracking-widest [font-variant-caps:small-caps]'
                  : 'font-semibold text-sm tracking-wide',
                kind === 'character' ? 'text-accent' : 'text-ink',
              )}
            >
              {label}
            </span>
            {turn.whisperTo && <span className="text-faint text-xs">{t('whispers')}</span>}
            {turn.making?.scripted && <span className="text-faint text-xs">{t('scripted')}</span>}
            {turn.making?.kept && <KeptNote kept={turn.making.kept} />}
            {turn.making?.provenance && (
              <span className="text-faint text-xs">
                {t('Written afterwards by {model}', { model: turn.making.provenance.teacher })}
              </span>
            )}
            <TurnMarks turn={turn} />
            {run && <Stage run={run} />}
            <ReadAloudNote turnId={turn.id} />
          </header>
          {isScript ? <div className="ps-7 sm:ps-10">{segments}</div> : segments}
        </>
      )}
      <EndingNote turn={turn} reply={reply} run={run} />
      <div
        className={classNames(
          'flex min-h-9 flex-wrap items-center gap-x-1 in-data-reading:hidden',
          // A script has no room between its turns: with a pointer, what can be done comes over the line of the name.
          isScript && !isLast
            ? '[@media(hover:hover)]:absolute [@media(hover:hover)]:top-0 [@media(hover:hover)]:end-4 [@media(hover:hover)]:rounded-lg focus-within:bg-page group-hover/turn:bg-page'
            : 'mt-1',
        )}
      >
        <TakeSwitch {...{ turn, take, takes, previousTake, nextTake }} />
        {!run && <TurnActions turn={turn} reply={reply} isLast={isLast} />}
      </div>
    </article>
  )
})

/** What the reader called this place, and that they want to find it again. */
function TurnMarks({ turn }: { readonly turn: Turn }) {
  if (!turn.bookmarked && !turn.name) return null
  return (
    <span className="flex items-baseline gap-1 text-faint text-xs">
      {turn.bookmarked && <Bookmark role="img" aria-label={t('Bookmarked')} className="size-3 self-center" />}
      {turn.name}
    </span>
  )
}
