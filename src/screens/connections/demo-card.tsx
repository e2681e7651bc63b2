import { demoConnection } from '#core/demo-connection.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'

/** The built-in model, which is always there. */
export function DemoCard({ isActive }: { readonly isActive: boolean }) {
  const { connections } = useServices()
  return (
    <article
      aria-label={demoConnection.name}
      className="flex flex-wrap items-center gap-2 rounded-2xl border border-line p-4"
    >
      <div className="me-auto">
        <h3 className="font-medium">
          {demoConnection.name} {isActive && <span className="ms-1 text-accent text-xs">{t('in use')}</span>}
        </h3>
        <p className="text-faint text-sm">
          {t('A script, not a model: it plays lines that were written beforehand, here in the page. Needs no network.')}
        </p>
      </div>
      {!isActive && <Button onClick={() => void connections.use(demoConnection.id)}>{t('Use')}</Button>}
    </article>
  )
}
