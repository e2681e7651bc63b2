import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { CardDocument } from '#core/cards/card.ts'
import { askForField, type HelpMessage } from '#core/cards/help/ask-help.ts'
import { type HelpField, helpFieldAt, helpFields } from '#core/cards/help/help-fields.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Field, Select } from '#ui/field.tsx'

interface Props {
  readonly document: CardDocument
  readonly isRunning: boolean
  readonly onAsk: (messages: readonly HelpMessage[], asked: readonly HelpField[]) => Promise<void>
}

/** Has one field written from what the others say. */
export function FieldHelp({ document, isRunning, onAsk }: Props) {
  const view = viewCard(document)
  const [search] = useSearchParams()
  const [name, setName] = useState(
    () => search.get('field') ?? helpFields.find((field) => field.read(view).trim() === '')?.name,
  )
  const field = helpFields.find((one) => one.name === name) ?? helpFieldAt(['description'])
  if (!field) return null
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t('Field')} className="min-w-48 flex-1">
        {(ids) => (
          <Select {...ids} value={field.name} onChange={(event) => setName(event.target.value)}>
            {helpFields.map((one) => (
              <option key={one.name} value={one.name}>
                {one.read(view).trim() === '' ? t('{field} (empty)', { field: one.label }) : one.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button
        look="primary"
        className="min-h-10"
        disabled={isRunning}
        onClick={() => void onAsk(askForField(view, field), [field])}
      >
        {t('Propose a text')}
      </Button>
    </div>
  )
}
