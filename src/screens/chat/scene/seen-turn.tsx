import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { SeenSegment, SeenTurn, SeenTurns, Unknown } from '#core/scene/eyes.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { Markdown } from '#ui/markdown.tsx'

/** What is written under what is blacked out. */
const reasons: Readonly<Record<Unknown, string>> = {
  absent: t('not heard: not there'),
  thought: t('not known: a thought'),
  whisper: t('not heard: a whisper'),
  planning: t('no one knows: planning'),
}

const looks: Readonly<Record<Layer, string>> = {
  system_thinking: '',
  role_thinking: 'border-accent border-s-2 ps-3 text-[0.9375rem] text-soft italic',
  role_action: 'text-[0.9375rem] text-soft italic',
  speech: '',
}

interface Props {
  readonly seen: SeenTurn | undefined
  readonly kind: Turn['speaker']['kind']
  readonly hue: number | undefined
}

/** A turn as a character knows it: words it does not know are bars, and a line that says how many and why. */
export function SeenTurnView({ seen, kind, hue }: Props) {
  if (!seen) return null
  const { name, segments } = seen
  return (
    <article aria-label={name ?? t('Somebody')} {...(hue !== undefined && hueProps(hue))}>
      {kind !== 'environment' && (
        <p className={classNames('font-semibold text-sm', kind === 'character' && name ? 'text-accent' : 'text-ink')}>
          {name ?? <span className="font-normal text-faint">{t('Somebody')}</span>}
        </p>
      )}
      <div
        className={classNames('story flex flex-col gap-2', kind === 'environment' && 'text-center text-soft italic')}
      >
        {segments.map((segment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their place
          <SegmentView key={index} segment={segment} />
        ))}
      </div>
    </article>
  )
}

function SegmentView({ segment }: { readonly segment: SeenSegment }) {
  if ('hidden' in segment) return <Blackout words={segment.words} reason={segment.hidden} />
  return (
    <div className={looks[segment.layer]}>
      <Markdown text={segment.text} />
    </div>
  )
}

/** So many turns of a stretch are read to count their words; nobody reads a longer number. */
const mostCounted = 200

interface MissedProps {
  readonly eyes: SeenTurns
  readonly from: number
  readonly to: number
}

/** Turns in a row that the character did not perceive. */
export function MissedTurns({ eyes, from, to }: MissedProps) {
  let words = 0
  for (let place = from; place < Math.min(to, from + mostCounted); place += 1) {
    for (const segment of eyes.at(place)?.segments ?? []) {
      const isOutside = segment.layer === 'speech' || segment.layer === 'role_action'
      if (isOutside && 'hidden' in segment) words += segment.words
    }
  }
  return (
    <article aria-label={t('Not there')}>
      <p className="text-faint text-sm">
        {t('Not there · {turns, plural, one {# turn} other {# turns}}', { turns: to - from })}
      </p>
      <Blackout words={words} reason="absent" isMore={to - from > mostCounted} />
    </article>
  )
}

/** More bars than these say nothing more. */
const mostBars = 36

interface BlackoutProps {
  readonly words: number
  readonly reason: Unknown
  readonly isMore?: boolean
}

/** The bars are for the eye alone; how many words they stand for, and why, is read by all. */
function Blackout({ words, reason, isMore = false }: BlackoutProps) {
  const caption = (
    <span className="text-faint text-xs">
      {isMore
        ? t('More than {words, plural, one {# word} other {# words}}', { words })
        : t('{words, plural, one {# word} other {# words}}', { words })}{' '}
      {reasons[reason]}
    </span>
  )
  // Nobody misses what is no part of the story.
  if (reason === 'planning') return <div className="font-sans not-italic leading-none">{caption}</div>
  return (
    <div className="flex flex-col gap-0.5 font-sans not-italic">
      <span aria-hidden className="flex flex-wrap gap-x-1 gap-y-1.5 pt-1">
        {Array.from({ length: Math.min(words, mostBars) }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
            key={index}
            className="h-3 rounded-[2px] bg-ink in-data-[theme=dark]:bg-faint/70"
            style={{ width: `${lengthOf(index, words)}ch` }}
          />
        ))}
      </span>
      {caption}
    </div>
  )
}

/** Bars of the lengths words have, and not of those of the words they hide. */
function lengthOf(index: number, words: number): number {
  return 2 + ((index * 7 + words * 3) % 6)
}
