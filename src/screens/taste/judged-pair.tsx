import type { Comparison, Judgement, Preference, Verdict } from '#core/taste/preference.ts'
import { t } from '#lib/translate.ts'

const verdictNames: Readonly<Record<Verdict, string>> = {
  a: t('The earlier take'),
  b: t('The later take'),
  tie: t('Even'),
}

interface Props {
  readonly preference: Preference
  /** The chat is played sealed, and a judge tells of thoughts. */
  readonly isSealed: boolean
}

/** What a judge said of a pair: both orders, and by each principle how either did. */
export function JudgedPair({ preference, isSealed }: Props) {
  const { by } = preference
  if (by.kind !== 'judge') return null
  if (isSealed) {
    return (
      <p className="text-soft text-sm">
        {t('This chat is played sealed, and what the judge said may tell what was thought.')}
      </p>
    )
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {by.orders.map((judgement) => (
        <Order key={judgement.first} judgement={judgement} />
      ))}
    </div>
  )
}

function Order({ judgement: { first, verdict, read, comparisons, analysis } }: { readonly judgement: Judgement }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h4 className="flex flex-wrap items-baseline gap-x-2 text-faint text-xs">
        {first === 'a' ? t('With the earlier take first') : t('With the later take first')}
        <span className="ms-auto text-accent">
          {verdict ? verdictNames[verdict] : t('The answer could not be read')}
        </span>
      </h4>
      {read === 'verdict' && <p className="text-faint text-xs">{t('Only the verdict could be read.')}</p>}
      <ul className="flex flex-col gap-2">
        {comparisons.map((comparison, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said never moves
          <li key={index} className="rounded-lg bg-sunken px-3 py-2 text-sm">
            <ComparisonView comparison={comparison} />
          </li>
        ))}
      </ul>
      {analysis !== '' && <p className="as-written text-sm text-soft leading-relaxed">{analysis}</p>}
    </section>
  )
}

function ComparisonView({ comparison }: { readonly comparison: Comparison }) {
  const { name, dimension, level, a, b, reason, winner } = comparison
  return (
    <div className="as-written flex flex-col gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{name}</span>
        <span className="text-faint text-xs">
          {dimension !== '' && `${dimension} · `}
          {level === 'session' ? t('by the story') : t('by the turn')}
        </span>
        <span className="ms-auto text-accent text-xs">{verdictNames[winner]}</span>
      </p>
      {a !== '' && (
        <p className="text-soft text-xs">
          <span className="text-faint">{t('Earlier')}: </span>
          {a}
        </p>
      )}
      {b !== '' && (
        <p className="text-soft text-xs">
          <span className="text-faint">{t('Later')}: </span>
          {b}
        </p>
      )}
      {reason !== '' && <p className="text-xs">{reason}</p>}
    </div>
  )
}

/** A word for a pair that a judge was of two minds about. */
export function JudgeFlagNote({ preference: { by } }: { readonly preference: Preference }) {
  if (by.kind !== 'judge' || !by.flag) return null
  return (
    <span className="rounded-full bg-mark px-2 py-0.5 text-ink text-xs">
      {by.flag === 'position_conflict' ? t('Its two orders disagree') : t('Not readable')}
    </span>
  )
}

/** What a judge's verdict is called. */
export function verdictName(verdict: Verdict): string {
  return verdictNames[verdict]
}
