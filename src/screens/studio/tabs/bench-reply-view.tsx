import { describeModelError } from '#core/describe-model-error.ts'
import { formatNumber } from '#lib/translate.ts'
import type { BenchReply } from '#state/test-bench.ts'
import { SegmentsView } from './segments-view.tsx'

const phaseWords: Readonly<Record<BenchReply['phase'], string | undefined>> = {
  waiting: 'Waiting for the model…',
  writing: 'Being written…',
  done: undefined,
  length: 'The reply ran out of tokens.',
  stopped: 'Stopped.',
  failed: undefined,
}

interface Props {
  readonly label: string
  readonly model: string
  readonly reply: BenchReply
}

/** One answer on the bench, with what it took. */
export function BenchReplyView({ label, model, reply: { phase, segments, failure, figures } }: Props) {
  const described = failure && describeModelError(failure)
  const words = phaseWords[phase]
  return (
    <article aria-label={label} className="flex min-w-0 flex-col gap-2 rounded-xl border border-line px-3.5 py-3">
      <p className="text-faint text-xs">
        {label} · {model}
      </p>
      <SegmentsView segments={segments} />
      {words && <p className="text-faint text-sm">{words}</p>}
      {described && (
        <p className="text-danger text-sm">
          {described.sentence} {described.remedy}
        </p>
      )}
      {figures && (
        <p className="mt-auto text-faint text-xs tabular-nums">
          {seconds(figures.totalMs)}
          {figures.firstByteMs !== undefined && `, first word after ${seconds(figures.firstByteMs)}`}
          {figures.planningMs !== undefined && `, planning ${seconds(figures.planningMs)}`} ·{' '}
          {!figures.isCounted && '~'}
          {formatNumber(figures.promptTokens)} tokens in, {formatNumber(figures.replyTokens)} out
        </p>
      )}
    </article>
  )
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
