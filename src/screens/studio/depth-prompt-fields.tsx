import type { CardDocument } from '#core/cards/card.ts'
import { depthPromptOf, editDepthPrompt } from '#core/cards/depth-prompt.ts'
import { t } from '#lib/translate.ts'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { CardField } from './card-field.tsx'

interface Props {
  readonly document: CardDocument
  readonly change: (document: CardDocument) => void
}

/** SillyTavern's note at depth, for cards that have one. */
export function DepthPromptFields({ document, change }: Props) {
  const note = depthPromptOf(document)
  if (!note) return null
  return (
    <>
      <CardField
        label={t('Note at depth (SillyTavern)')}
        hint={t('SillyTavern tells it so many turns before the newest. Subtext keeps it and does not send it.')}
        value={note.prompt}
        onChange={(prompt) => change(editDepthPrompt(document, { prompt }))}
        isLong
        isUnsent
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('Depth')}>
          {(ids) => (
            <TextInput
              {...ids}
              type="number"
              min={0}
              max={999}
              value={note.depth}
              onChange={({ target }) =>
                Number.isInteger(target.valueAsNumber) &&
                change(editDepthPrompt(document, { depth: target.valueAsNumber }))
              }
            />
          )}
        </Field>
        <Field label={t('Told as')}>
          {(ids) => (
            <Select
              {...ids}
              value={note.role}
              onChange={(event) => change(editDepthPrompt(document, { role: event.target.value }))}
            >
              <option value="system">{t('System')}</option>
              <option value="user">{t('User')}</option>
              <option value="assistant">{t('Assistant')}</option>
            </Select>
          )}
        </Field>
      </div>
    </>
  )
}
