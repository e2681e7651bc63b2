import { describeModelError } from '#core/describe-model-error.ts'
import { locale, t } from '#lib/translate.ts'
import type { BenchReply } from '#state/test-bench.ts'
import { SegmentsView } from './segments-view.tsx'

const phaseWords: Readonly<Record<BenchReply['phase'], string | undefined>> = {
  waiting: t('Waiting for the model…'),
  writing: t('Being written…'),
  done: undefined,
  length: t('The reply ran out of tokens.'),
  stopped: t('Stopped.'),
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
          {timesOf(figures)} · {tokensOf(figures)}
        </p>
      )}
    </article>
  )
}

type Figures = NonNullable<BenchReply['figures']>

const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const lists = new Intl.ListFormat(locale, { style: 'narrow' })

function timesOf({ totalMs, firstByteMs, planningMs }: Figures): string {
  const seconds = (milliseconds: number) => tenths.format(milliseconds / 1000)
  return lists.format([
    t('{seconds, number, ::.0} s', { seconds: totalMs / 1000 }),
    ...(firstByteMs === undefined ? [] : [t('first word after {seconds} s', { seconds: seconds(firstByteMs) })]),
    ...(planningMs === undefined ? [] : [t('planning {seconds} s', { seconds: seconds(planningMs) })]),
  ])
}

function tokensOf({ isCounted, promptTokens: prompt, replyTokens: reply }: Figures): string {
  return isCounted
    ? t('{prompt, number} tokens in, {reply, number} out', { prompt, reply })
    : t('~{prompt, number} tokens in, {reply, number} out', { prompt, reply })
}
