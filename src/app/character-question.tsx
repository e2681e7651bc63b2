import { useState } from 'react'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import type { ImportQuestion } from '#state/import-questions.ts'
import { Field, Select } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'

/** Asks which character of the library an imported chat is with. */
export function CharacterQuestion({ question }: { readonly question: ImportQuestion }) {
  const { fileName, name, answer } = question
  const characters = useCatalogue()
  const [chosen, setChosen] = useState<CharacterId>()
  const wanted = name.toLowerCase()
  const first = characters?.find((one) => one.name.toLowerCase() === wanted) ?? characters?.[0]
  const characterId = chosen ?? first?.id

  return (
    <FormDialog
      title={t('Whose chat is this?')}
      submitLabel={t('Import')}
      canSubmit={characterId !== undefined}
      onSubmit={() => answer(characterId)}
      onClose={() => answer(undefined)}
    >
      <p className="text-sm text-soft">
        {name === ''
          ? t('{fileName} does not say who the chat is with.', { fileName })
          : t('{fileName} is a chat with “{name}”, and the library can’t tell who that is.', { fileName, name })}{' '}
        {t('The character you choose says those lines from now on.')}
      </p>
      <Field label={t('Character')}>
        {(ids) => (
          <Select {...ids} value={characterId ?? ''} onChange={(event) => setChosen(event.target.value as CharacterId)}>
            {characters?.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  )
}
