import { t } from '#lib/translate.ts'

/** Another tab holds on to what is stored in its older form: this one can't begin. */
export function WaitingForDisk() {
  return (
    <main className="mx-auto flex max-w-xl flex-col gap-3 p-8">
      <h1 className="font-story text-2xl">{t('Another tab still runs an older version')}</h1>
      <p className="text-soft">
        {t(
          'Subtext was updated, and what is stored in this browser waits to be brought up to date. Close the other tabs of Subtext, and this one goes on by itself. Nothing is lost: a backup can be saved in the other tab first, under Settings.',
        )}
      </p>
    </main>
  )
}
