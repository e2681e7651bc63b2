import { useState } from 'react'
import type { DirectorsNote } from '#core/prompt/directors-note.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'

const deepest = 99

/** What the reader tells the model from outside of the story. */
export function NoteDialog({ conversation, onClose }: Pick<ChatDialogProps, 'conversation' | 'onClose'>) {
  const { chat } = useServices()
  const [text, setText] = useState(conversation.note?.text ?? '')
  const [depth, setDepth] = useState(String(conversation.note?.depth ?? 0))
  const [lasts, setLasts] = useState<DirectorsNote['lasts']>(conversation.note?.lasts ?? 'once')

  async function save(words: string) {
    const note = { text: words, depth: Math.min(deepest, Math.max(0, Math.round(Number(depth)))), lasts }
    await chat.direct(conversation.id, words === '' ? undefined : note)
    onClose()
  }

  return (
    <FormDialog
      title={t('Director’s note')}
      onSubmit={() => void save(text.trim())}
      onClose={onClose}
      actionsBefore={
        conversation.note && (
          <Button look="danger" className="me-auto" onClick={() => void save('')}>
            {t('Take the note away')}
          </Button>
        )
      }
    >
      <p className="text-sm text-soft">
        {t(
          'Tells the model where the story is to go. It is nobody’s words: no character hears it, and it stands in no turn.',
        )}
      </p>
      <Field label={t('Note')} hint={t('In brackets in the prompt, as in: [Director’s note: …]')}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-24"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('Depth')} hint={t('0 is after the newest turn, 1 before it, and so on.')}>
          {(ids) => (
            <TextInput
              {...ids}
              type="number"
              required
              min={0}
              max={deepest}
              value={depth}
              onChange={(event) => setDepth(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('It lasts')}>
          {(ids) => (
            <Select
              {...ids}
              value={lasts}
              onChange={(event) => setLasts(event.target.value === 'once' ? 'once' : 'standing')}
            >
              <option value="once">{t('Once: until a reply to it is whole')}</option>
              <option value="standing">{t('Until it is taken away')}</option>
            </Select>
          )}
        </Field>
      </div>
    </FormDialog>
  )
}
