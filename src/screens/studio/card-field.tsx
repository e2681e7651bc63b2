import { type ReactNode, useEffect, useId, useMemo } from 'react'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { t } from '#lib/translate.ts'
import { TextArea, TextInput } from '#ui/field.tsx'

interface Props {
  readonly label: string
  readonly hint?: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  /** For what is longer than a line. */
  readonly isLong?: boolean
  /** The model never sees it, so it weighs nothing. */
  readonly isUnsent?: boolean
  /** The hand goes there when it comes. */
  readonly isFocused?: boolean
}

/** A text of a card, with what it weighs. */
export function CardField({ label, hint, value, onChange, isLong, isUnsent, isFocused }: Props) {
  const id = useId()
  useEffect(() => {
    if (isFocused) window.document.getElementById(id)?.focus()
  }, [isFocused, id])
  const Control = isLong ? TextArea : TextInput
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline gap-3">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {!isUnsent && <Tokens text={value} />}
      </div>
      <Control
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={isLong ? 'field-sizing-content max-h-[70dvh] min-h-20 leading-relaxed sm:text-[0.9375rem]' : ''}
        value={value}
        onChange={(event: { readonly target: { readonly value: string } }) => onChange(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-faint text-xs">
          {hint}
        </p>
      )}
    </div>
  )
}

/** What a text weighs in a prompt. */
export function Tokens({ text }: { readonly text: string }) {
  const tokens = useMemo(() => estimateTokens(text), [text])
  if (tokens === 0) return null
  return (
    <span className="ms-auto text-faint text-xs" title={t('Estimated: every model counts otherwise')}>
      {t('≈ {tokens, plural, one {# token} other {# tokens}}', { tokens })}
    </span>
  )
}
