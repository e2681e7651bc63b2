import type { ReactNode } from 'react'
import { t } from '#lib/translate.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface Props {
  readonly title: string
  readonly submitLabel?: string
  readonly canSubmit?: boolean
  readonly onSubmit: () => void
  readonly onClose: () => void
  /** Other things that can be done, before Cancel and after it. */
  readonly actionsBefore?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A dialog that is filled in: Enter and its last button submit it, Escape and Cancel leave it. */
export function FormDialog({
  title,
  submitLabel = t('Save'),
  canSubmit = true,
  onSubmit,
  onClose,
  actionsBefore,
  actions,
  children,
}: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          {actionsBefore}
          <Button onClick={onClose}>{t('Cancel')}</Button>
          {actions}
          <Button type="submit" look="primary" disabled={!canSubmit}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
