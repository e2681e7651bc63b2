import { useId, useState } from 'react'
import type { Counted } from '#core/cards/choose-cards.ts'
import { t } from '#lib/translate.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'

interface Props {
  /** How many characters it is about. */
  readonly count: number
  /** What there is already, to choose from. */
  readonly known: readonly Counted[]
  readonly onClose: () => void
}

/** Chooses the folder of some characters, or makes one. */
export function FolderDialog({ count, known, onClose, onChoose }: Props & { onChoose: (folder: string) => void }) {
  return (
    <NameDialog
      title={t('Folder for {count, plural, one {one character} other {# characters}}', { count })}
      label={t('Folder')}
      hint={t('A new name makes a folder. Without one they are in none.')}
      submitLabel={t('Move')}
      mayBeEmpty
      {...{ known, onClose }}
      onSubmit={onChoose}
    />
  )
}

/** Gives some characters a tag. */
export function TagDialog({ count, known, onClose, onChoose }: Props & { onChoose: (tag: string) => void }) {
  return (
    <NameDialog
      title={t('Tag {count, plural, one {one character} other {# characters}}', { count })}
      label={t('Tag')}
      hint={t('Yours, beside the tags of the card: the card itself is not changed.')}
      submitLabel={t('Add')}
      {...{ known, onClose }}
      onSubmit={onChoose}
    />
  )
}

interface NameProps extends Omit<Props, 'count'> {
  readonly title: string
  readonly label: string
  readonly hint: string
  readonly submitLabel: string
  readonly mayBeEmpty?: boolean
  readonly onSubmit: (name: string) => void
}

function NameDialog({ title, label, hint, submitLabel, mayBeEmpty, known, onSubmit, onClose }: NameProps) {
  const [name, setName] = useState('')
  const listId = useId()
  return (
    <FormDialog
      title={title}
      submitLabel={submitLabel}
      canSubmit={mayBeEmpty === true || name.trim() !== ''}
      onSubmit={() => onSubmit(name.trim())}
      onClose={onClose}
    >
      <Field label={label} hint={hint}>
        {(ids) => (
          <TextInput
            {...ids}
            list={listId}
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {known.slice(0, 200).map((one) => (
          <option key={one.key} value={one.name} />
        ))}
      </datalist>
    </FormDialog>
  )
}
