import { isWritablePlace, type WritablePlace } from '#core/lorebook/edit-entry.ts'
import type { LoreEntry } from '#core/lorebook/lorebook.ts'
import { t } from '#lib/translate.ts'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { NumberInput } from './number-input.tsx'

const places: readonly (readonly [WritablePlace['kind'], string])[] = [
  ['before-character', t('Before the character')],
  ['after-character', t('After the character')],
  ['depth', t('Among the messages')],
  ['examples-top', t('Before the examples')],
  ['examples-bottom', t('After the examples')],
  ['note-top', t('Above the author’s note')],
  ['note-bottom', t('Below the author’s note')],
  ['outlet', t('Where the card asks for it')],
]

interface Props {
  readonly entry: LoreEntry
  readonly place: WritablePlace
  readonly onChange: (place: WritablePlace) => void
}

/** Where in the prompt an entry stands. */
export function PlaceFields({ entry, place, onChange }: Props) {
  const isDecorated = entry.decorators.place !== undefined || !isWritablePlace(entry.place)
  return (
    <>
      <Field label={t('Position')} hint={isDecorated ? t('A line with @@ in the content decides.') : undefined}>
        {(ids) => (
          <Select
            {...ids}
            disabled={isDecorated}
            value={place.kind}
            onChange={(event) => onChange(placeOf(event.target.value as WritablePlace['kind']))}
          >
            {places.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {place.kind === 'depth' && !isDecorated && (
        <NumberInput
          {...{ label: t('Depth'), hint: t('0 is after the newest message.'), min: 0, max: 1000, value: place.depth }}
          onChange={(depth) => depth !== undefined && onChange({ ...place, depth })}
        />
      )}
      {place.kind === 'outlet' && !isDecorated && (
        <Field label={t('Outlet')} hint={t('{macro} in the card', { macro: '{{outlet::name}}' })}>
          {(ids) => (
            <TextInput
              {...ids}
              value={place.name}
              onChange={(event) => onChange({ ...place, name: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}

function placeOf(kind: WritablePlace['kind']): WritablePlace {
  switch (kind) {
    case 'depth':
      return { kind, depth: 4, role: 'system' }
    case 'outlet':
      return { kind, name: '' }
    default:
      return { kind }
  }
}
