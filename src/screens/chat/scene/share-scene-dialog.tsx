import { useState } from 'react'
import { listOf } from '#lib/translate.ts'
import { usePersona } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Check } from '#ui/check.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'
import type { ChatDialogProps } from '../chat-dialog-props.ts'

/** Saves the scene of a chat as one file: its cast in any case, what was played of it and who the reader is by choice. */
export function ShareSceneDialog({ conversation, transcript, players, onClose }: ChatDialogProps) {
  const { sceneFiles } = useServices()
  const persona = usePersona(conversation.personaId)
  const [withStory, setWithStory] = useState(false)
  const [withPersona, setWithPersona] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const hasPersona = !conversation.userPlays && Boolean(persona?.name)
  const names = players.cast.characters.map(({ id }) => players.labelOf({ kind: 'character', characterId: id }))

  async function save() {
    setBusy(true)
    try {
      const { blob, fileName } = await (await sceneFiles()).writeChat(conversation.id, {
        withStory,
        withPersona: withPersona && hasPersona,
      })
      saveFile(blob, fileName)
      showToast(`Saved as ${fileName}.`)
      onClose()
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormDialog title="Share the scene" canSubmit={!isBusy} onSubmit={() => void save()} onClose={onClose}>
      <p className="text-sm text-soft">
        One file with the place, how it opens, what each of them alone knows, and the whole cards of {listOf(names)}. It
        comes back here, or into another Subtext, under “Import scene”.
      </p>
      <fieldset>
        <legend className="sr-only">What goes along</legend>
        <Check
          label={`The story so far: ${transcript.path.length} turns, with every take, thought and plan`}
          isOn={withStory}
          onChange={setWithStory}
        />
        {hasPersona && (
          <Check label={`Who you are in it: ${persona?.name}`} isOn={withPersona} onChange={setWithPersona} />
        )}
      </fieldset>
    </FormDialog>
  )
}
