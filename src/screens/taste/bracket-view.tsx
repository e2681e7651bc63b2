import { useState } from 'react'
import type { TurnId } from '#core/ids.ts'
import type { Preference } from '#core/taste/preference.ts'
import { t } from '#lib/translate.ts'
import type { MatchRecord } from '#state/taste.ts'
import { classNames } from '#ui/class-names.ts'
import { JudgedPair, JudgeFlagNote } from './judged-pair.tsx'

interface Props {
  readonly matches: readonly MatchRecord[]
  readonly winner: TurnId | undefined
  readonly isSealed: boolean
  /** What a take is called, and how it begins. */
  readonly nameOf: (id: TurnId) => string
  readonly wordsOf: (id: TurnId) => string
  readonly preferenceOf: (match: MatchRecord) => Preference | undefined
}

const keyOf = ({ round, one, other }: MatchRecord) => `${round} ${one} ${other}`

/** Who met whom, round by round, and who went on; below it what the judge said of the match that is chosen. */
export function BracketView({ matches, winner, isSealed, nameOf, wordsOf, preferenceOf }: Props) {
  const [openKey, setOpenKey] = useState<string>()
  const rounds = [...new Set(matches.map(({ round }) => round))].sort((one, other) => one - other)
  const open = matches.find((match) => keyOf(match) === openKey)
  const preference = open && preferenceOf(open)
  return (
    <div className="flex flex-col gap-4">
      <section
        aria-label={t('Bracket')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="flex gap-3 overflow-x-auto p-0.5"
      >
        {rounds.map((round) => (
          <ol
            key={round}
            aria-label={t('Round {round, number}', { round: round + 1 })}
            className="flex min-w-48 flex-1 flex-col justify-around gap-3"
          >
            {matches
              .filter((match) => match.round === round)
              .map((match) => (
                <li key={keyOf(match)}>
                  <MatchCard
                    {...{ match, nameOf, wordsOf }}
                    preference={preferenceOf(match)}
                    isOpen={keyOf(match) === openKey}
                    onToggle={() => setOpenKey(keyOf(match) === openKey ? undefined : keyOf(match))}
                  />
                </li>
              ))}
          </ol>
        ))}
        {winner !== undefined && (
          <p className="my-auto flex min-w-44 flex-1 flex-col gap-1 rounded-xl border border-accent bg-accent-wash px-3 py-3">
            <span className="text-faint text-xs">{t('The best')}</span>
            <span className="font-story text-lg">{nameOf(winner)}</span>
            <span className="as-written line-clamp-3 font-story text-sm text-soft">{wordsOf(winner)}</span>
          </p>
        )}
      </section>
      {open && preference && (
        <section
          aria-label={t('What the judge said')}
          className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4"
        >
          <h3 className="text-sm">
            {t('{one} against {other}', { one: nameOf(open.one), other: nameOf(open.other) })}
          </h3>
          <JudgedPair {...{ preference, isSealed }} />
        </section>
      )}
    </div>
  )
}

interface CardProps {
  readonly match: MatchRecord
  readonly nameOf: (id: TurnId) => string
  readonly wordsOf: (id: TurnId) => string
  readonly preference: Preference | undefined
  readonly isOpen: boolean
  readonly onToggle: () => void
}

function MatchCard({ match, nameOf, wordsOf, preference, isOpen, onToggle }: CardProps) {
  const { one, other, winner, isTie } = match
  return (
    <button
      type="button"
      aria-pressed={isOpen}
      onClick={onToggle}
      className={classNames(
        'flex w-full flex-col gap-1 rounded-xl border bg-raised px-3 py-2 text-start text-sm transition-colors',
        isOpen ? 'border-accent' : 'border-line hover:border-faint',
      )}
    >
      {[one, other].map((id) => (
        <span
          key={id}
          className={classNames('flex max-w-full gap-2', id === winner ? 'text-ink' : 'text-faint line-through')}
        >
          <span className="shrink-0">{nameOf(id)}</span>
          <span className="as-written min-w-0 truncate font-story text-faint">{wordsOf(id)}</span>
        </span>
      ))}
      {preference && <JudgeFlagNote preference={preference} />}
      {isTie && <span className="text-faint text-xs">{t('A tie: who won more by principle went on.')}</span>}
    </button>
  )
}
