import { t } from '#lib/translate.ts'
import type { ImportProgress } from '#state/import-run.ts'
import { Button } from '#ui/button.tsx'

/** How far an import is. The page goes on beside it. */
export function ImportProgressCard({ progress: { done, total, fileName, cancel } }: { progress: ImportProgress }) {
  return (
    <section
      aria-label={t('Import')}
      className="fixed inset-x-3 bottom-4 z-40 mx-auto flex max-w-md flex-col gap-2 rounded-xl border border-line bg-raised p-4 text-sm shadow-xl"
    >
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1">
          <span className="font-medium tabular-nums">
            {t('{done, number} of {total, plural, one {# file} other {# files}}', { done, total })}
          </span>
          <span className="block truncate text-faint text-xs">{fileName}</span>
        </p>
        <Button onClick={cancel}>{t('Cancel')}</Button>
      </div>
      <progress aria-label={t('Files imported')} value={done} max={total} className="h-1.5 w-full accent-accent" />
    </section>
  )
}
