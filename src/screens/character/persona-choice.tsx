import type { Character } from '#core/cards/character.ts'
import type { PersonaId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { usePersonas } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Field, Select } from '#ui/field.tsx'

/** Whom the reader plays in new chats with a character. There when there is a choice. */
export function PersonaChoice({ character }: { readonly character: Character }) {
  const { openShelves } = useServices()
  const personas = usePersonas()
  if (!personas || personas.length === 0) return null
  return (
    <Field label={t('You play')} hint={t('In new chats with this character.')}>
      {(ids) => (
        <Select
          {...ids}
          value={personas.some(({ id }) => id === character.personaId) ? character.personaId : ''}
          onChange={({ target: { value } }) =>
            void openShelves().then((shelves) => shelves.bindPersona(character.id, (value as PersonaId) || undefined))
          }
        >
          <option value="">{t('As in all new chats')}</option>
          {personas.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
