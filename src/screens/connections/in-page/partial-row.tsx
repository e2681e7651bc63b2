import { size } from '#core/in-page/describe-weights-problem.ts'
import type { PartialWeights } from '#core/in-page/weights.ts'
import { t } from '#lib/translate.ts'
import { useWeightsJob } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'

/** A download that is not whole. */
export function PartialRow({ partial: { name, url, bytes, totalBytes } }: { readonly partial: PartialWeights }) {
  const { job, ask, remove } = useWeightsJob()
  if ((job.phase === 'running' || job.phase === 'asking') && job.name === name) return null
  return (
    <article aria-label={name} className="flex flex-wrap items-center gap-2 border-line border-t pt-4">
      <div className="me-auto min-w-0">
        <h3 className="break-words font-medium">{name}</h3>
        <p className="text-faint text-sm">
          {t('Not whole: {done} of {total} are here.', { done: size(bytes), total: size(totalBytes) })}
        </p>
      </div>
      {url !== undefined && <Button onClick={() => void ask(url, name)}>{t('Go on')}</Button>}
      <Button look="quiet" onClick={() => void remove(name)}>
        {t('Delete')}
      </Button>
    </article>
  )
}
