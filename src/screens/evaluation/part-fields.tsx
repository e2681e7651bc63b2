import type { useModelChoices } from '#state/model-choices.ts'
import { ModelField } from '#ui/model-field.tsx'

interface Props<Part extends string> {
  readonly parts: readonly { readonly part: Part; readonly label: string; readonly hint?: string }[]
  readonly models: ReturnType<typeof useModelChoices<Part>>
}

/** Who plays which part of a run. */
export function PartFields<Part extends string>({ parts, models }: Props<Part>) {
  return parts.map(({ part, label, hint }) => (
    <ModelField
      key={part}
      label={label}
      hint={hint}
      choices={models.choices}
      value={models.of(part)?.id}
      onChange={(id) => models.choose(part, id)}
    />
  ))
}
