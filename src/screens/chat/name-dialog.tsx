import { useState } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'

interface Props {
  readonly turn: Turn
  readonly onClose: () => void
}

/** Gives a place in the story a name, by which the story map shows it. */
export function NameDialog({ turn, onClose }: Props) {
  const { storyTree } = useServices()
  const [name, setName] = useState(turn.name ?? '')

  async function save() {
    await storyTree.nameTurn(turn.conversationId, turn.id, name.trim())
    onClose()
  }

  return (
    <FormDialog title={t('Name this turn')} onSubmit={() => void save()} onClose={onClose}>
      <Field label={t('Name')} hint={t('The story map shows it. Without one the turn is called by its words.')}>
        {(ids) => <TextInput {...ids} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}
