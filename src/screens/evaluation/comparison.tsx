import { type ComparedMeasure, gain, type ScoreComparison } from '#core/coser/compare-scores.ts'
import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'
import { DifferenceBar } from './difference-bar.tsx'
import { caseHref } from './use-address.ts'
import { writeGain, writeScore } from './write-score.ts'

/** A setting in which two runs are not the same, as the reader is told of it. */
export interface ToldDiffering {
  readonly label: string
  readonly first: string | number
  readonly other: string | number
  readonly isDecisive: boolean
}

interface Props<Measure extends string> {
  readonly first: Job
  readonly other: Job
  readonly scores: ScoreComparison<Measure>
  readonly differing: readonly ToldDiffering[]
  readonly labels: Readonly<Record<Measure, string>>
  /** Measures that go from 0 to 1; all others go to 100. */
  readonly shares?: ReadonlySet<Measure>
}

/** Two runs case by case: by how much the other is ahead, whether that is more than chance, and where. */
export function Comparison<Measure extends string>({ differing, ...props }: Props<Measure>) {
  const decisive = differing.filter(({ isDecisive }) => isDecisive)
  if (decisive.length > 0)
    return (
      <CantCompare>
        {t('These two can’t be compared: they were not measured in the same way.')} <Differing all={decisive} />
      </CantCompare>
    )
  if (props.scores.cases.length === 0)
    return <CantCompare>{t('These two can’t be compared: no case has a score in both.')}</CantCompare>
  const { wins, ties, losses, cases } = props.scores
  return (
    <>
      <p className="text-sm">
        {t('Cases in common: {count, number}. Won {wins, number}, tied {ties, number}, lost {losses, number}.', {
          count: cases.length,
          wins,
          ties,
          losses,
        })}
      </p>
      {differing.length > 0 && (
        <p className="text-soft text-sm">
          {t('Not the same in both, which may have moved the scores too:')} <Differing all={differing} />
        </p>
      )}
      <Measures {...props} />
      <Cases {...props} />
    </>
  )
}

function CantCompare({ children }: { readonly children: React.ReactNode }) {
  return (
    <p role="alert" className="border-danger border-s-2 ps-3 text-sm">
      {children}
    </p>
  )
}

function Differing({ all }: { readonly all: readonly ToldDiffering[] }) {
  return all
    .map(({ label, first, other }) =>
      t('{label}: {first} and {other}.', { label, first: `${first}`, other: `${other}` }),
    )
    .join(' ')
}

type PartProps<Measure extends string> = Omit<Props<Measure>, 'differing'>

const head = 'px-2 py-1.5 font-medium text-soft'
const number = 'px-2 py-2 text-end align-top tabular-nums'

interface HeadsProps extends Pick<Props<string>, 'first' | 'other'> {
  readonly label: string
  /** How the names of the runs fit. */
  readonly className: string
}

/** What is compared, the two runs, and their difference. */
function Heads({ first, other, label, className }: HeadsProps) {
  return (
    <tr className="border-line border-b">
      <th scope="col" className={classNames(head, 'text-start')}>
        {label}
      </th>
      {[first, other].map(({ id, title }) => (
        <th key={id} scope="col" className={classNames(head, className, 'text-end')}>
          {title}
        </th>
      ))}
      <th scope="col" className={classNames(head, 'whitespace-nowrap text-end')}>
        {t('Difference')}
      </th>
    </tr>
  )
}

function Measures<Measure extends string>({ first, other, scores: { measures }, labels, shares }: PartProps<Measure>) {
  const mostOf = ({ measure }: ComparedMeasure<Measure>) => (shares?.has(measure) ? 1 : 100)
  const farthest = Math.max(
    ...measures.map((one) => Math.max(Math.abs(one.difference.low), Math.abs(one.difference.high)) / mostOf(one)),
  )
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="pb-2 text-start text-faint text-xs">
        {t('Means of the cases in common, and the difference with its interval of 95 % (bootstrap over the cases).')}
      </caption>
      <thead>
        <Heads {...{ first, other }} label={t('Measure')} className="max-w-40 break-words align-bottom max-sm:hidden" />
      </thead>
      <tbody>
        {measures.map((one, index) => {
          const digits = mostOf(one) === 1 ? 4 : 2
          const { mean, low, high } = one.difference
          return (
            <tr key={one.measure} className="border-line border-b last:border-b-0">
              <th scope="row" className="px-2 py-2 text-start align-top font-normal">
                <span className={classNames(index === 0 && 'font-medium')}>{labels[one.measure]}</span>
                <DifferenceBar {...{ mean, low, high }} farthest={farthest * mostOf(one)} isClear={one.isClear} />
              </th>
              <td className={classNames(number, 'max-sm:hidden')}>{writeScore(one.first, digits)}</td>
              <td className={classNames(number, 'max-sm:hidden')}>{writeScore(one.other, digits)}</td>
              <td className={number}>
                {writeGain(mean, digits)}{' '}
                <span className="whitespace-nowrap text-faint">
                  {t('{low} to {high}', { low: writeGain(low, digits), high: writeGain(high, digits) })}
                </span>
                <span className={classNames('block text-xs', one.isClear ? 'text-ink' : 'text-faint')}>
                  {one.isClear ? t('More than chance') : t('May be chance: the interval holds nought')}
                </span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Cases<Measure extends string>({ first, other, scores: { cases } }: PartProps<Measure>) {
  const farthest = Math.max(...cases.map((one) => Math.abs(gain(one))))
  return (
    <section
      aria-label={t('Case by case')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
      tabIndex={0}
      className="max-h-96 overflow-y-auto rounded-lg border border-line"
    >
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{t('Case by case')}</caption>
        <thead className="sticky top-0 bg-raised">
          <Heads {...{ first, other }} label={t('Case')} className="max-w-20 truncate sm:max-w-48" />
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.id} className="border-line border-t">
              <th scope="row" className="px-2 py-2 text-start align-top font-normal">
                <bdi className="break-words">{one.id}</bdi>
                <DifferenceBar mean={gain(one)} farthest={farthest} isClear />
              </th>
              {[first, other].map((job, index) => (
                <td key={job.id} className={number}>
                  <a
                    href={caseHref(job.id, one.id)}
                    aria-label={t('{case} in “{run}”', { case: one.id, run: job.title })}
                    className="underline decoration-line underline-offset-4 hover:decoration-ink"
                  >
                    {writeScore(index === 0 ? one.first : one.other, 1)}
                  </a>
                </td>
              ))}
              <td className={number}>{writeGain(gain(one), 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
