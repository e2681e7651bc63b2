import { useState } from 'react'
import { listOf, t } from '#lib/translate.ts'
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
      showToast(t('Saved as {fileName}.', { fileName }))
      onClose()
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormDialog title={t('Share the scene')} canSubmit={!isBusy} onSubmit={() => void save()} onClose={onClose}>
      <p className="text-sm text-soft">
        {t(
          'One file with the place, how it opens, what each of them alone knows, and the whole cards of {names}. It comes back here, or into another Subtext, under “Import scene”.',
          { names: listOf(names) },
        )}
      </p>
      <fieldset>
        <legend className="sr-only">{t('What goes along')}</legend>
        <Check
          label={t(
            'The story so far: {count, plural, one {# turn} other {# turns}}, with every take, thought and plan',
            {
              count: transcript.path.length,
            },
          )}
          isOn={withStory}
          onChange={setWithStory}
        />
        {hasPersona && persona && (
          <Check
            label={t('Who you are in it: {name}', { name: persona.name })}
            isOn={withPersona}
            onChange={setWithPersona}
          />
        )}
      </fieldset>
    </FormDialog>
  )
}
