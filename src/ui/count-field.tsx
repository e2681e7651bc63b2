import { t } from '#lib/translate.ts'
import { Field, TextInput } from './field.tsx'

interface Props {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What counts where nothing is written. */
  readonly usual: number | undefined
}

/** A number of things. Left empty it is the usual one, which stands in it faintly. */
export function CountField({ label, hint, value, onChange, usual }: Props) {
  const isWrong = readCount(value, usual) === 'wrong'
  return (
    <Field
      label={label}
      hint={isWrong ? <span className="text-danger">{t('A whole number above nought.')}</span> : hint}
    >
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          aria-invalid={isWrong}
          className="aria-[invalid=true]:border-danger"
          value={value}
          placeholder={usual === undefined ? '' : String(usual)}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

/** What was written into a field for a number, or what is usual where nothing was. */
export function readCount<Usual>(value: string, usual: Usual): number | Usual | 'wrong' {
  if (value.trim() === '') return usual
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : 'wrong'
}
