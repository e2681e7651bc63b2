import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'

interface Props {
  readonly id: string
  readonly 'aria-describedby'?: string | undefined
  /** What is asked for, while there is none: “Type a key, then Enter”. */
  readonly placeholder: string
  /** What the button that takes one away is called. */
  readonly removeLabel: (label: string) => string
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  /** How one is shown where that is not the text itself. */
  readonly labelOf?: (value: string) => string
  /** Those that could be meant. */
  readonly suggestions?: readonly string[]
  readonly isInvalid?: boolean
}

/** A list of short texts: each is added with Enter, with a comma or by leaving the field, and taken away by its button. */
export function Chips({
  id,
  placeholder,
  removeLabel,
  values,
  onChange,
  labelOf,
  suggestions,
  isInvalid,
  ...described
}: Props) {
  const [typed, setTyped] = useState('')

  function add(text: string) {
    setTyped('')
    const added = split(text).filter((value) => !values.includes(value))
    if (added.length > 0) onChange([...values, ...added])
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    // A pattern may hold commas.
    const isEnd = event.key === 'Enter' || (event.key === ',' && !typed.trimStart().startsWith('/'))
    if (isEnd) {
      event.preventDefault()
      add(typed)
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      event.preventDefault()
      setTyped(values.at(-1) ?? '')
      onChange(values.slice(0, -1))
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-1.5 rounded-lg border border-line bg-raised p-1.5 focus-within:outline-2 focus-within:outline-accent">
      {[...new Set(values)].map((value) => (
        <span key={value} className="flex max-w-full items-center rounded-md bg-accent-wash ps-2 text-sm">
          <span className="min-w-0 break-words">{labelOf?.(value) ?? value}</span>
          <button
            type="button"
            aria-label={removeLabel(labelOf?.(value) ?? value)}
            className="flex size-7 shrink-0 items-center justify-center text-faint hover:text-ink"
            onClick={() => onChange(values.filter((other) => other !== value))}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <input
        id={id}
        {...described}
        aria-invalid={isInvalid || undefined}
        list={suggestions && `${id}-suggestions`}
        className="min-h-7 min-w-32 flex-1 bg-transparent px-1.5 text-base outline-none placeholder:text-faint sm:text-sm"
        placeholder={values.length === 0 ? placeholder : undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => add(typed)}
      />
      {suggestions && (
        <datalist id={`${id}-suggestions`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </div>
  )
}

function split(text: string): string[] {
  const parts = text.trimStart().startsWith('/') ? [text] : text.split(',')
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
