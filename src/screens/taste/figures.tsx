import { modelLabel } from '#core/model-label.ts'
import { agreementOf, bothVerdicts } from '#core/taste/agreement.ts'
import type { Preference } from '#core/taste/preference.ts'
import { judgeFigures, type Share } from '#core/taste/settle.ts'
import { formatNumber, locale, t } from '#lib/translate.ts'

const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Every judge's figures: what it agrees with, and what it is swayed by. */
export function Figures({ preferences }: { readonly preferences: readonly Preference[] }) {
  const mine = preferences.filter(({ by }) => by.kind === 'human')
  const models = [...new Set(preferences.flatMap(({ by }) => (by.kind === 'judge' ? [by.model] : [])))]
  return (
    <section aria-label={t('Figures')} className="flex flex-col gap-2">
      <h2 className="font-story text-xl">{t('Figures')}</h2>
      <section
        aria-label={t('Table of figures')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto"
      >
        <table className="w-full min-w-max text-start text-sm tabular-nums">
          <thead className="text-faint text-xs">
            <tr>
              <Head>{t('Judge')}</Head>
              <Head>{t('Pairs')}</Head>
              <Head>{t('Agrees with you')}</Head>
              <Head>{t('Kappa')}</Head>
              <Head>{t('Orders disagree')}</Head>
              <Head>{t('Principles on both sides')}</Head>
              <Head>{t('First place wins')}</Head>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {models.map((model) => (
              <JudgeRow key={model} {...{ model, mine, preferences }} />
            ))}
          </tbody>
        </table>
      </section>
      <p className="max-w-prose text-faint text-xs">
        {t(
          'Kappa is agreement beyond chance: 1 is full, 0 is chance. A judge that the place does not sway lets the first place win half of the time; HER reports principles on both sides in about 70 % of answers with balanced data, and 6 % without.',
        )}
      </p>
    </section>
  )
}

interface RowProps {
  readonly model: string
  readonly mine: readonly Preference[]
  readonly preferences: readonly Preference[]
}

function JudgeRow({ model, mine, preferences }: RowProps) {
  const its = preferences.filter(({ by }) => by.kind === 'judge' && by.model === model)
  const { judged, unread, conflicts, mixed, firstWins } = judgeFigures(its)
  const { pairs, agreed, kappa } = agreementOf(bothVerdicts(mine, its))
  return (
    <tr>
      <th scope="row" className="max-w-56 truncate py-2 pe-4 text-start font-normal">
        {modelLabel(model)}
      </th>
      <Cell>
        {formatNumber(judged)}
        {unread > 0 && ` (${t('{count, number} not readable', { count: unread })})`}
      </Cell>
      <Cell>{shareText({ count: agreed, of: pairs })}</Cell>
      <Cell>{kappa === undefined ? '–' : decimals.format(kappa)}</Cell>
      <Cell>{shareText(conflicts)}</Cell>
      <Cell>{shareText(mixed)}</Cell>
      <Cell>{shareText(firstWins)}</Cell>
    </tr>
  )
}

function shareText({ count, of }: Share): string {
  return of === 0 ? '–' : t('{share} of {of, number}', { share: percents.format(count / of), of })
}

function Head({ children }: { readonly children: string }) {
  return (
    <th scope="col" className="py-1.5 pe-4 text-start font-normal">
      {children}
    </th>
  )
}

function Cell({ children }: { readonly children: React.ReactNode }) {
  return <td className="py-2 pe-4">{children}</td>
}
