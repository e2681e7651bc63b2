import { useState } from 'react'
import { dimensions } from '#core/taste/dimensions.ts'
import { type Preference, pairKey } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { formatNumber, t } from '#lib/translate.ts'
import type { Taste } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'
import { type PairInChat, Sitting } from './sitting.tsx'

interface Props {
  readonly taste: Taste
  readonly pairs: readonly PairInChat[]
  readonly implicit: number
  readonly isReading: boolean
  readonly preferences: readonly Preference[]
  readonly principles: readonly Principle[]
}

/** What is left to compare, and what was said so far. */
export function ComparePart({ taste, pairs, implicit, isReading, preferences, principles }: Props) {
  const [sitting, setSitting] = useState<readonly PairInChat[]>()
  const mine = preferences.filter(({ by }) => by.kind === 'human')
  const answered = new Set(mine.map(pairKey))
  const open = pairs.filter(({ pair }) => !answered.has(pairKey(pair)))
  const done = pairs.length - open.length
  if (sitting) {
    return (
      <Sitting
        {...{ taste, principles }}
        pairs={sitting}
        onEnd={() => setSitting(undefined)}
        onStop={() => setSitting(undefined)}
      />
    )
  }
  return (
    <div className="flex flex-col gap-8">
      <section className="flex flex-col items-center gap-4 rounded-2xl border border-line px-4 py-10 text-center">
        {pairs.length === 0 ? (
          <p className="max-w-prose text-soft">
            {isReading
              ? t('Looking for takes…')
              : t(
                  'There is nothing to compare yet. Ask for another take of a reply, and the two stand here side by side.',
                )}
          </p>
        ) : (
          <>
            <p className="font-story text-2xl">
              {open.length === 0
                ? t('Every pair is answered')
                : t('{count, plural, one {One pair is} other {# pairs are}} not answered yet', { count: open.length })}
            </p>
            <p className="text-faint text-sm tabular-nums">
              {t('{done, number} of {count, number} answered', { done, count: pairs.length })}
            </p>
            <Button look="primary" disabled={open.length === 0} onClick={() => setSitting(open)}>
              {t('Begin')}
            </Button>
            <p className="max-w-prose text-faint text-xs">
              {t(
                'Two takes of one turn, in an order that chance makes. The arrow keys choose, “=” is a tie, “s” skips.',
              )}
            </p>
          </>
        )}
      </section>
      {mine.length > 0 && <Reasons mine={mine} principles={principles} />}
      {implicit > 0 && (
        <p className="max-w-prose text-soft text-sm">
          {t(
            '{count, plural, one {One pair is} other {# pairs are}} implied by what you did: a take you read on with, a thought you corrected or steered. They are kept apart from what you say here, and marked so in files.',
            { count: implicit },
          )}
        </p>
      )}
    </div>
  )
}

/** What the reader's answers were decided by, the most frequent first. */
function Reasons({
  mine,
  principles,
}: {
  readonly mine: readonly Preference[]
  readonly principles: readonly Principle[]
}) {
  const names = new Map<string, string>([
    ...dimensions.map(({ id, label }): [string, string] => [id, label]),
    ...principles.map(({ id, name }): [string, string] => [id, name]),
  ])
  const counts = new Map<string, number>()
  for (const id of mine.flatMap(({ principles: chosen }) => chosen)) counts.set(id, (counts.get(id) ?? 0) + 1)
  const sorted = [...counts].sort(([, one], [, other]) => other - one)
  const most = sorted[0]?.[1] ?? 1
  const ties = mine.filter(({ verdict }) => verdict === 'tie').length
  return (
    <section aria-label={t('What you decide by')} className="flex flex-col gap-3">
      <h2 className="font-story text-xl">{t('What you decide by')}</h2>
      <p className="text-faint text-xs">
        {t('{count, plural, one {One answer} other {# answers}}', { count: mine.length })}
        {ties > 0 && ` · ${t('{count, plural, one {one tie} other {# ties}}', { count: ties })}`}
      </p>
      {sorted.length > 0 && (
        <ul className="flex max-w-xl flex-col gap-1.5">
          {sorted.map(([id, count]) => (
            <li key={id} className="grid grid-cols-[minmax(7rem,12rem)_1fr_auto] items-center gap-3 text-sm">
              <span className="truncate">{names.get(id) ?? id}</span>
              <span aria-hidden className="h-1.5 rounded-full bg-sunken">
                <span className="block h-full rounded-full bg-accent" style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span className="text-faint tabular-nums">{formatNumber(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
