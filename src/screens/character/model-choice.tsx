import type { Character } from '#core/cards/character.ts'
import type { ModelChoice } from '#core/model-choice.ts'
import { t } from '#lib/translate.ts'
import { presetOptions, useModelOptions, withConnection, withPreset } from '#state/model-casting.ts'
import { useServices } from '#state/services.tsx'
import { Field, Select } from '#ui/field.tsx'

/** Which model plays a character, and how it is sampled, wherever a chat says nothing else. */
export function ModelChoiceFields({ character }: { readonly character: Character }) {
  const { casting } = useServices()
  const { id, model } = character
  const chosen = useModelOptions(model, { unchosen: 'The connection in use' })
  if (!chosen) return null
  const choose = (choice: ModelChoice | undefined) => void casting().then((models) => models.ofCharacter(id, choice))
  return (
    <Field
      label={t('Played by')}
      hint={
        chosen.isGone
          ? t('The connection that was chosen is gone: the one in use answers.')
          : t('The model, in every chat that says nothing else.')
      }
    >
      {(ids) => (
        <>
          <Select
            {...ids}
            value={chosen.value}
            onChange={({ target: { value } }) => choose(withConnection(model, value))}
          >
            {chosen.options.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
          {model && (
            <Select
              aria-label={t('Sampling')}
              value={model.preset ?? ''}
              onChange={({ target: { value } }) => choose(withPreset(model, value))}
            >
              {presetOptions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </>
      )}
    </Field>
  )
}
