import { useState } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'

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
    <Dialog title="Name this turn" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label="Name" hint="The story map shows it. Without one the turn is called by its words.">
          {(ids) => (
            <TextInput {...ids} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
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
