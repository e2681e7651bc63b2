import { Field, TextInput } from './field.tsx'

interface Props {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A field for words that nobody should read over a shoulder, and no browser should remember. */
export function PassphraseField({ label, hint, value, onChange }: Props) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <TextInput
          {...ids}
          type="password"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
