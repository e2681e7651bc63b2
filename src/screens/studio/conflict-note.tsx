import { t } from '#lib/translate.ts'
import type { CardEditing } from '#state/card-editing.ts'
import { Button } from '#ui/button.tsx'

/** Asks which of two cards is to stay, where another tab wrote the same one. */
export function ConflictNote({ editing }: { readonly editing: CardEditing }) {
  if (editing.state.kind !== 'changed-elsewhere') return null
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 bg-danger-wash px-4 py-2 text-sm sm:px-8">
      <p className="me-auto">
        {t('This card was changed in another tab. Whichever you don’t take is kept in Versions.')}
      </p>
      <Button onClick={() => void editing.keepMine()}>{t('Keep mine')}</Button>
      <Button onClick={() => void editing.takeTheirs()}>{t('Take theirs')}</Button>
    </div>
  )
}
