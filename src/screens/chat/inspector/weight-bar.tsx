import type { Source } from '#core/prompt/prompt-message.ts'
import { formatNumber, t } from '#lib/translate.ts'
import type { Preview } from '#state/previews.ts'
import { classNames } from '#ui/class-names.ts'
import { pieceLooks } from '#ui/piece-looks.ts'
import { rich } from '#ui/rich.ts'
import type { Measured } from './measure.ts'

interface Props {
  readonly measured: Measured
  readonly counted: number | 'counting' | 'none'
  readonly prepared: Preview['prepared']
}

/** What the request takes of the model's window, and of what it is made. */
export function WeightBar({ measured, counted, prepared }: Props) {
  const { tokens, tokensBySource } = measured
  const { contextTokens, connection, request } = prepared
  const shares = (Object.keys(pieceLooks) as Source[]).flatMap((source) => {
    const weight = tokensBySource.get(source)
    return weight === undefined ? [] : [{ source, weight }]
  })
  return (
    <section aria-label={t('Size')} className="flex flex-col gap-2">
      <p className="text-sm">
        {rich('<b>{tokens, number} of {contextTokens, number} tokens</b>, {how}.', {
          tokens,
          contextTokens,
          how: howCounted(counted, connection.tokenFactor),
          b: (words) => <strong className="font-medium">{words}</strong>,
        })}{' '}
        {connection.capabilities.contextTokens === undefined && `${t('The context is assumed.')} `}
        {t('The reply may take {maxTokens, number} more.', { maxTokens: request.sampling.maxTokens })}
      </p>
      <div aria-hidden className="flex h-2 overflow-hidden rounded-full bg-sunken">
        {shares.map(({ source, weight }) => (
          <span
            key={source}
            className={pieceLooks[source].fill}
            style={{ width: `${(100 * weight) / Math.max(contextTokens, tokens)}%` }}
          />
        ))}
      </div>
      <ul aria-label={t('Where it comes from')} className="flex flex-wrap gap-x-4 gap-y-1 text-soft text-xs">
        {shares.map(({ source, weight }) => (
          <li key={source} className="flex items-center gap-1.5">
            <span aria-hidden className={classNames('size-2.5 rounded-full', pieceLooks[source].fill)} />
            {pieceLooks[source].label} ≈ {formatNumber(Math.round(weight))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function howCounted(counted: Props['counted'], factor: number | undefined): string {
  if (typeof counted === 'number') return t('counted by the server')
  const estimate = factor === undefined ? t('estimated') : t('estimated, with what earlier replies taught')
  return counted === 'counting'
    ? t('{estimate} so far', { estimate })
    : t('{estimate}: this server does not count', { estimate })
}
