import type { Connection } from '#core/connection.ts'
import { t } from '#lib/translate.ts'
import { useWeightsJob } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'

/** A model that was used, and whose file is not here any more. */
export function LostRow({ connection: { model } }: { readonly connection: Connection }) {
  const { remove } = useWeightsJob()
  return (
    <article aria-label={model} className="flex flex-wrap items-center gap-2 border-line border-t pt-4">
      <div className="me-auto min-w-0">
        <h3 className="break-words font-medium">{model}</h3>
        <p className="text-faint text-sm">
          {t('Its file is not here any more. Choose it again, and it answers as before.')}
        </p>
      </div>
      <Button look="quiet" onClick={() => void remove(model)}>
        {t('Forget')}
      </Button>
    </article>
  )
}
