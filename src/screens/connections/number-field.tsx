import { Field, TextInput } from '#ui/field.tsx'

export interface NumberFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly min: number
  readonly max: number
  readonly step?: number | 'any'
  readonly required?: boolean
  readonly disabled?: boolean
}

export function NumberField({ label, hint, onChange, ...input }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => <TextInput {...ids} {...input} type="number" onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}
