import { useId } from 'react'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { Chips } from '#ui/chips.tsx'
import { Field } from '#ui/field.tsx'

interface Props {
  /** Undefined: everyone. */
  readonly knownTo: readonly string[] | undefined
  /** Whose card the book is in. */
  readonly ownerName: string | undefined
  readonly onChange: (knownTo: readonly string[] | undefined) => void
}

/** Who knows an entry. What is private stands in no other character's prompt. */
export function KnownTo({ knownTo, ownerName, onChange }: Props) {
  const group = useId()
  const characters = useCatalogue() ?? []
  const labelOf = (value: string) => {
    if (/^\{\{\s*char\s*\}\}$/i.test(value)) return ownerName ?? t('the character of the card')
    return characters.find(({ id }) => id === value)?.name ?? value
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-sm">{t('Who knows it')}</legend>
      <div className="flex flex-wrap gap-x-6">
        {[
          { label: t('Everyone'), isChosen: knownTo === undefined, value: undefined },
          { label: t('Chosen characters'), isChosen: knownTo !== undefined, value: ownerName ? ['{{char}}'] : [] },
        ].map(({ label, isChosen, value }) => (
          <label key={label} className="flex min-h-9 items-center gap-2 text-sm">
            <input
              type="radio"
              name={group}
              className="size-4.5 accent-accent"
              checked={isChosen}
              onChange={() => onChange(value)}
            />
            {label}
          </label>
        ))}
      </div>
      {knownTo && (
        <Field
          label={t('Known to')}
          hint={
            knownTo.length === 0 ? (
              <span className="text-danger">{t('Name someone: like this nobody knows it.')}</span>
            ) : (
              t('Names as they are on the cards. It stands in no other character’s prompt.')
            )
          }
        >
          {(ids) => (
            <Chips
              {...ids}
              placeholder={t('Type a name, then Enter')}
              removeLabel={(name) => t('Remove the name {name}', { name })}
              values={knownTo}
              labelOf={labelOf}
              suggestions={[...new Set(characters.map(({ name }) => name))]}
              isInvalid={knownTo.length === 0}
              onChange={(names) => onChange([...names])}
            />
          )}
        </Field>
      )}
    </fieldset>
  )
}
