import { useState } from 'react'
import type { CardVersion } from '#core/cards/card-history.ts'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useStudio } from '#state/studio.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'

interface Props {
  readonly characterId: CharacterId
  readonly version: CardVersion
  readonly onClose: () => void
}

/** Gives a version a name, by which it stays; or takes it away. */
export function NameVersionDialog({ characterId, version, onClose }: Props) {
  const studio = useStudio()
  const [name, setName] = useState(version.name ?? '')

  async function save() {
    onClose()
    await (await studio()).renameVersion(characterId, version.id, name.trim())
  }

  return (
    <FormDialog title={t('Name this version')} onSubmit={() => void save()} onClose={onClose}>
      <Field label={t('Name')} hint={t('Without one it gives way once a hundred newer ones are kept.')}>
        {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}
