import type { Interval } from '#core/coser/bootstrap.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'
import { writeScore } from './write-score.ts'

interface Props {
  readonly label: string
  readonly interval: Interval | undefined
  readonly most?: number
  readonly digits?: number
  /** What the others are parts of. */
  readonly isMain?: boolean
  /** The numbers stand under the label. */
  readonly isNarrow?: boolean
}

/** A mean with its interval, as a number and as a bar. */
export function Meter({ label, interval, most = 100, digits = 2, isMain = false, isNarrow = false }: Props) {
  const write = (value: number) => writeScore(value, digits)
  const share = (value: number) => `${(100 * Math.max(0, Math.min(value, most))) / most}%`
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
      <dt className={classNames('me-auto', isMain && 'font-medium', isNarrow && 'w-full')}>{label}</dt>
      <dd className="tabular-nums">
        {interval ? (
          <>
            {write(interval.mean)}{' '}
            <span className="text-faint">
              {t('{low} to {high}', { low: write(interval.low), high: write(interval.high) })}
            </span>
          </>
        ) : (
          '–'
        )}
      </dd>
      <dd aria-hidden className="relative h-2 w-full overflow-hidden rounded-full bg-sunken">
        {interval && (
          <>
            <span className="absolute inset-y-0 start-0 bg-accent" style={{ width: share(interval.mean) }} />
            <span
              className="absolute inset-y-0.5 rounded-full bg-ink/40"
              style={{ insetInlineStart: share(interval.low), width: share(interval.high - interval.low) }}
            />
          </>
        )}
      </dd>
    </div>
  )
}
