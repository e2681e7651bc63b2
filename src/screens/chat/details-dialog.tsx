import { useState } from 'react'
import { formatNumber, locale, t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
/** What the chat is called, and what there is of it. */
export function DetailsDialog({ conversation, transcript, players, onClose }: ChatDialogProps) {
  const { chat } = useServices()
  const [title, setTitle] = useState(conversation.title)
  const name = players.labelOf({ kind: 'character', characterId: conversation.characterId })
  const turns = [...transcript.tree.turnsById.values()].filter((turn) => turn.deletedAt === undefined)

  async function save() {
    await chat.rename(conversation.id, title.trim())
    onClose()
  }

  return (
    <FormDialog title={t('Name and details')} onSubmit={() => void save()} onClose={onClose}>
      <Field label={t('Name of the chat')} hint={t('Without one it is called {name}.', { name })}>
        {(ids) => (
          <TextInput {...ids} value={title} maxLength={120} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm [&_dt]:text-faint">
        <dt>{t('Begun')}</dt>
        <dd>{dates.format(conversation.createdAt)}</dd>
        <dt>{t('Turns here')}</dt>
        <dd>{formatNumber(transcript.path.length)}</dd>
        <dt>{t('All takes and branches')}</dt>
        <dd>{formatNumber(turns.length)}</dd>
      </dl>
    </FormDialog>
  )
}
