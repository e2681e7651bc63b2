import { modelLabel } from '#core/model-label.ts'
import { t } from '#lib/translate.ts'
import type { DescribedPreview, Preview } from '#state/previews.ts'

interface Props {
  readonly prepared: Preview['prepared']
  readonly description: DescribedPreview['description']
}

/** What goes to the model beside the messages, and the body as it leaves. */
export function SentBeside({ prepared, description }: Props) {
  const { request, connection } = prepared
  const { sampling } = request
  const values = [
    `temperature ${sampling.temperature}`,
    `top p ${sampling.topP}`,
    sampling.topK !== undefined && `top k ${sampling.topK}`,
    sampling.minP !== undefined && `min p ${sampling.minP}`,
    sampling.repetitionPenalty !== undefined && `repetition penalty ${sampling.repetitionPenalty}`,
    t('at most {maxTokens, number} tokens', { maxTokens: sampling.maxTokens }),
  ].filter((value) => value !== false)
  return (
    <section aria-label={t('Sent beside the messages')} className="flex flex-col gap-2 text-sm">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 [&_dt]:text-faint">
        <dt>{t('Model')}</dt>
        <dd>{t('{model} at {name}', { model: modelLabel(connection.model), name: connection.name })}</dd>
        <dt>{t('The reply begins with')}</dt>
        <dd>
          {description.prefilled ? (
            <code>{request.prefill}</code>
          ) : (
            t('Nothing: this server can’t go on from given words.')
          )}
        </dd>
        <dt>{t('Stops at')}</dt>
        <dd className="flex flex-wrap gap-1">
          {request.stop.map((stop) => (
            <code key={stop} className="rounded bg-sunken px-1">
              {stop.replace(/\n/g, '⏎')}
            </code>
          ))}
        </dd>
        <dt>{t('Sampling')}</dt>
        <dd>{values.join(' · ')}</dd>
      </dl>
      <details>
        <summary className="text-soft">{t('The body as it is sent')}</summary>
        <pre
          data-request-body
          className="mt-2 max-h-72 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-2 text-xs"
        >
          {description.body}
        </pre>
      </details>
    </section>
  )
}
