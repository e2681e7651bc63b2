import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

/** Says why words can't be changed that must not be seen. */
export function SealedDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('This turn is sealed')} onClose={onClose}>
      <p className="text-soft">
        {t(
          'The chat is played sealed, and to change this turn would show what was thought. Break its seals first, or end the sealed play with the director’s cut.',
        )}
      </p>
      <div className="flex justify-end">
        <Button look="primary" onClick={onClose}>
          {t('Leave it sealed')}
        </Button>
      </div>
    </Dialog>
  )
}
