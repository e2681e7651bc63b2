import { classNames } from '#ui/class-names.ts'

interface Props {
  readonly mean: number
  /** Of its interval; the bar itself reaches to the mean where there is none. */
  readonly low?: number
  readonly high?: number
  /** What the ends of the bar stand for. */
  readonly farthest: number
  readonly isClear: boolean
}

/** A difference on a line with nought in its middle. The numbers stand beside it. */
export function DifferenceBar({ mean, low = Math.min(0, mean), high = Math.max(0, mean), farthest, isClear }: Props) {
  const place = (value: number) => 50 + (50 * value) / (farthest || 1)
  return (
    <span aria-hidden className="relative mt-1.5 block h-2 w-full max-w-72 rounded-full bg-sunken">
      <span
        className={classNames('absolute inset-y-0 min-w-1 rounded-full', isClear ? 'bg-accent' : 'bg-faint/50')}
        style={{ insetInlineStart: `${place(low)}%`, width: `${place(high) - place(low)}%` }}
      />
      <span className="absolute -inset-y-0.5 start-1/2 w-px bg-faint" />
      {low !== high && mean !== low && mean !== high && (
        <span className="absolute -inset-y-0.5 w-0.5 bg-ink" style={{ insetInlineStart: `${place(mean)}%` }} />
      )}
    </span>
  )
}
