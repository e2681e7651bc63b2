import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { TextArea } from '#ui/field.tsx'
import { MoveButtons } from '#ui/move-buttons.tsx'
import { Tokens } from './card-field.tsx'
import { LayersEditor } from './layers-editor.tsx'

interface Props {
  readonly title: string
  /** What it is called within a label. */
  readonly name: string
  readonly speaker: string
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onMove: { readonly up: (() => void) | undefined; readonly down: (() => void) | undefined }
  readonly onRemove: () => void
}

const modes = [
  { value: 'text', label: t('Text') },
  { value: 'layers', label: t('Layers') },
] as const

/** One greeting, as the text it is or layer by layer. Both are the same text; to change over changes nothing. */
export function GreetingEditor({ title, name, speaker, text, onChange, onMove, onRemove }: Props) {
  const [mode, setMode] = useState<'text' | 'layers'>('text')
  return (
    <fieldset className="flex flex-col gap-3 rounded-xl border border-line p-3">
      <legend className="sr-only">{title}</legend>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span aria-hidden className="font-medium text-sm">
          {title}
        </span>
        <Tokens text={text} />
        <div className="flex w-full items-center justify-between gap-2 sm:w-auto">
          <div
            role="radiogroup"
            aria-label={t('{greeting} as', { greeting: title })}
            className="flex rounded-lg border border-line p-0.5"
          >
            {modes.map(({ value, label }) => (
              <label
                key={value}
                className="flex min-h-8 items-center rounded-md px-2.5 text-sm text-soft has-checked:bg-accent-wash has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name={`${title} as`}
                  className="sr-only"
                  checked={mode === value}
                  onChange={() => setMode(value)}
                />
                {label}
              </label>
            ))}
          </div>
          <MoveButtons name={name} {...onMove} onRemove={onRemove} />
        </div>
      </div>
      {mode === 'text' ? (
        <TextArea
          aria-label={title}
          className="field-sizing-content max-h-[70dvh] min-h-24 font-story leading-relaxed sm:text-base"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <LayersEditor {...{ title, name, speaker, text, onChange }} />
      )}
    </fieldset>
  )
}
