import { type ReactNode, useState } from 'react'
import { t } from '#lib/translate.ts'
import { Field, TextInput } from '#ui/field.tsx'

interface Props {
  readonly label: string
  readonly hint?: string
  /** Undefined where the field is empty. */
  readonly value: number | undefined
  readonly min: number
  readonly max: number
  /** What an empty field means; without it a number is needed. */
  readonly whenEmpty?: string
  readonly onChange: (value: number | undefined) => void
}

/** A whole number. What is none is said beside it, and not saved. */
export function NumberInput({ label, hint, value, min, max, whenEmpty, onChange }: Props) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  const number = Number(typed)
  const isEmpty = typed.trim() === ''
  const isWrong = isEmpty ? whenEmpty === undefined : !Number.isInteger(number) || number < min || number > max
  const told: ReactNode = isWrong ? (
    <span className="text-danger">{t('A whole number from {min, number} to {max, number}', { min, max })}</span>
  ) : (
    (hint ?? (isEmpty ? whenEmpty : undefined))
  )

  function take(text: string) {
    setTyped(text)
    const next = Number(text)
    if (text.trim() === '') {
      if (whenEmpty !== undefined) onChange(undefined)
    } else if (Number.isInteger(next) && next >= min && next <= max) onChange(next)
  }

  return (
    <Field label={label} hint={told}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          aria-invalid={isWrong || undefined}
          value={typed}
          onChange={(event) => take(event.target.value)}
        />
      )}
    </Field>
  )
}
