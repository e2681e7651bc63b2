import { useState } from 'react'
import type { Persona } from '#core/conversation/conversation.ts'
import { t } from '#lib/translate.ts'
import { useBlobUrl } from '#state/blob-url.ts'
import { useFileUrl } from '#state/characters.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Field, TextArea, TextInput } from '#ui/field.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { showToast } from '#ui/toasts.tsx'

interface Props {
  /** Left out for a new one. */
  readonly persona: Persona | undefined
  readonly onClose: () => void
}

/** Who a persona is. */
export function PersonaForm({ persona, onClose }: Props) {
  const { openPersonas } = useServices()
  const [name, setName] = useState(persona?.name ?? '')
  const [description, setDescription] = useState(persona?.description ?? '')
  const [notes, setNotes] = useState(persona?.notes ?? '')
  const [portrait, setPortrait] = useState<Blob | null>()
  const kept = useFileUrl(persona?.portraitId)
  const picked = useBlobUrl(portrait)
  const shown = portrait === undefined ? kept : picked

  async function save() {
    const fields = {
      name: name.trim(),
      description: description.trim(),
      notes: notes.trim(),
      ...(portrait !== undefined && { portrait }),
    }
    const personas = await openPersonas()
    await (persona ? personas.save(persona.id, fields) : personas.create(fields))
    onClose()
    showToast(t('Saved.'))
  }

  return (
    <FormDialog
      title={persona ? t('Edit {name}', { name: persona.name }) : t('New persona')}
      canSubmit={name.trim() !== ''}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div className="flex flex-wrap items-center gap-3">
        <Portrait url={shown} name={name} className="size-16 text-2xl" />
        <FileButton
          label={t('Choose a picture')}
          accept="image/*"
          isBusy={false}
          onFiles={([file]) => file && setPortrait(file)}
        />
        {shown && (
          <Button look="quiet" onClick={() => setPortrait(null)}>
            {t('Take it away')}
          </Button>
        )}
      </div>
      <Field label={t('Your name')} hint={t('What characters call you.')}>
        {(ids) => (
          <TextInput {...ids} value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field
        label={t('About you')}
        hint={t('What a character knows of you: looks, station, how you met. Goes into the prompt.')}
      >
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-24"
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('Private notes')} hint={t('For your eyes: no character and no model ever sees them.')}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-20"
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
