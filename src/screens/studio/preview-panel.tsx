import { useDeferredValue, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { formatNumber, t } from '#lib/translate.ts'
import { Field, Select } from '#ui/field.tsx'
import { PagePreview } from './page-preview.tsx'
import { PromptPreview } from './prompt-preview.tsx'

interface Props {
  readonly character: Character
  readonly document: CardDocument
}

const views = [
  { value: 'page', label: t('Page') },
  { value: 'prompt', label: t('Prompt') },
] as const

/** What a card makes: its page, and the prompt of a new chat. Follows the forms when the page has time for it. */
export function PreviewPanel({ character, document: typed }: Props) {
  const document = useDeferredValue(typed)
  const [view, setView] = useState<'page' | 'prompt'>('page')
  const [chosen, setChosen] = useState(0)
  const { greetings } = viewCard(document)
  const greeting = greetings[chosen] ?? greetings[0]
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <div
          role="radiogroup"
          aria-label={t('Preview of')}
          className="flex rounded-lg border border-line bg-raised p-0.5"
        >
          {views.map(({ value, label }) => (
            <label
              key={value}
              className="flex min-h-8 items-center rounded-md px-3 text-sm text-soft has-checked:bg-accent-wash has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="Preview of"
                className="sr-only"
                checked={view === value}
                onChange={() => setView(value)}
              />
              {label}
            </label>
          ))}
        </div>
      </div>
      {greetings.length > 1 && (
        <Field label={t('Begins with')}>
          {(ids) => (
            <Select {...ids} value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
              {greetings.map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: greetings are told apart by their place
                <option key={index} value={index}>
                  {formatNumber(index + 1)}: {text.slice(0, 60)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {view === 'page' ? (
        <PagePreview {...{ character, document, greeting }} />
      ) : (
        <PromptPreview {...{ character, document, greeting }} />
      )}
    </div>
  )
}
