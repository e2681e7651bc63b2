import { t } from '#lib/translate.ts'
import { useEngineStatus, useInPage } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'
import { engineWords } from './engine-words.ts'

/** What the engine is at with a model, and how to have its memory back. */
export function EngineLine({ model }: { readonly model: string }) {
  const engine = useInPage()?.engine
  const status = useEngineStatus()
  if (status.phase === 'off' || status.model !== model) return null
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <p className="me-auto text-soft">{engineWords(status)}</p>
      <Button look="quiet" onClick={() => engine?.unload()}>
        {status.phase === 'loading' ? t('Stop loading') : t('Unload')}
      </Button>
    </div>
  )
}
