import { useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useStudio } from '#state/studio.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { showToast } from '#ui/toasts.tsx'

interface Props {
  readonly characterId: CharacterId
  readonly document: CardDocument
  readonly onClose: () => void
}

/** Keeps the card as it stands now, under a name. */
export function KeepVersionDialog({ characterId, document, onClose }: Props) {
  const studio = useStudio()
  const [name, setName] = useState('')

  async function keep() {
    onClose()
    await (await studio()).keepVersion(characterId, document, name.trim())
    showToast(t('“{name}” is among the versions.', { name: name.trim() }))
  }

  return (
    <FormDialog
      title={t('Keep this version')}
      submitLabel={t('Keep')}
      canSubmit={name.trim() !== ''}
      onSubmit={() => void keep()}
      onClose={onClose}
    >
      <Field
        label={t('Name')}
        hint={t('Versions with a name stay; of those kept by themselves the newest hundred do.')}
      >
        {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}
