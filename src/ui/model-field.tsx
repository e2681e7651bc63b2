import type { ReactNode } from 'react'
import { Field, Select } from './field.tsx'

interface Props {
  readonly label: string
  readonly hint?: ReactNode
  /** Connections by what they are called; undefined until they are read. */
  readonly choices: readonly { readonly id: string; readonly label: string }[] | undefined
  readonly value: string | undefined
  readonly onChange: (id: string) => void
}

/** Which model plays a part. */
export function ModelField({ label, hint, choices, value, onChange }: Props) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Select {...ids} value={value ?? ''} onChange={({ target }) => onChange(target.value)}>
          {choices?.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
