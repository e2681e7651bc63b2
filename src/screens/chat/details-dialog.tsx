import { useState } from 'react'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })
const numbers = new Intl.NumberFormat()

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
    <Dialog title="Name and details" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label="Name of the chat" hint={`Without one it is called ${name}.`}>
          {(ids) => (
            <TextInput {...ids} value={title} maxLength={120} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm [&_dt]:text-faint">
          <dt>Begun</dt>
          <dd>{dates.format(conversation.createdAt)}</dd>
          <dt>Turns here</dt>
          <dd>{numbers.format(transcript.path.length)}</dd>
          <dt>All takes and branches</dt>
          <dd>{numbers.format(turns.length)}</dd>
        </dl>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
