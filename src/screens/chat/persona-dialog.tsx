import { useState } from 'react'
import { Link } from 'wouter'
import { defaultPersonaId, nobodyId } from '#core/conversation/persona.ts'
import type { PersonaId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useFileUrl } from '#state/characters.ts'
import { usePersona, usePersonas } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { rich } from '#ui/rich.ts'
import type { ChatDialogProps } from './chat-dialog-props.ts'

/** Whom the reader plays in this chat from now on. */
export function PersonaDialog({ conversation, onClose }: Pick<ChatDialogProps, 'conversation' | 'onClose'>) {
  const { openPersonas } = useServices()
  const current = conversation.personaId ?? defaultPersonaId
  const played = usePersona(current)
  const personas = usePersonas() ?? []
  // A deleted one is still played where it was.
  const shown = played && !personas.some(({ id }) => id === played.id) ? [played, ...personas] : personas
  const isNobody = played === null
  const [chosen, setChosen] = useState<PersonaId>()
  const value = chosen ?? (isNobody ? nobodyId : current)

  async function play() {
    if (chosen && !(chosen === nobodyId && isNobody)) await (await openPersonas()).play(conversation.id, chosen)
    onClose()
  }

  return (
    <FormDialog title={t('Who you play')} submitLabel={t('Play')} onSubmit={() => void play()} onClose={onClose}>
      <p className="text-sm text-soft">
        {rich('From the next message on. What you said before stays whose it was. <link>All personas</link>', {
          link: (words) => (
            <Link href="/personas" onClick={onClose} className="text-accent underline">
              {words}
            </Link>
          ),
        })}
      </p>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('Persona')}</legend>
        {shown.map(({ id, name, description, portraitId }) => (
          <Choice
            key={id}
            {...{ name, description, portraitId }}
            isChosen={value === id}
            onChoose={() => setChosen(id)}
          />
        ))}
        <Choice
          name="Nobody in particular"
          description={t('Characters meet a stranger.')}
          portraitId={undefined}
          isChosen={value === nobodyId}
          onChoose={() => setChosen(nobodyId)}
        />
      </fieldset>
    </FormDialog>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly description: string
  readonly portraitId: Parameters<typeof useFileUrl>[0]
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Choice({ name, description, portraitId, isChosen, onChoose }: ChoiceProps) {
  const portrait = useFileUrl(portraitId)
  return (
    <label className="flex items-center gap-3 rounded-xl border border-line p-3 has-checked:border-accent has-checked:bg-accent-wash">
      <input type="radio" name="persona" className="accent-accent" checked={isChosen} onChange={onChoose} />
      <Portrait url={portrait} name={name} className="size-10 text-lg" />
      <span className="min-w-0">
        <span className="block truncate font-story">{name}</span>
        <span className="line-clamp-1 text-soft text-xs">{description}</span>
      </span>
    </label>
  )
}
