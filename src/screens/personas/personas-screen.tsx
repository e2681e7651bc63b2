import { Suspense, useState } from 'react'
import type { Persona } from '#core/conversation/conversation.ts'
import { t } from '#lib/translate.ts'
import { useFileUrl } from '#state/characters.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useNewChatPersona, usePersonas } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { showToast } from '#ui/toasts.tsx'

const PersonaForm = lazyPart(() => import('./persona-form.tsx').then((module) => ({ default: module.PersonaForm })))

/** Whom the reader can play. */
export function PersonasScreen() {
  const personas = usePersonas()
  const chosen = useNewChatPersona()
  const [editing, setEditing] = useState<Persona | 'new'>()
  return (
    <Page
      title={t('Personas')}
      actions={
        <>
          <PlaceLink href="/bin">{t('Bin')}</PlaceLink>
          <Button look="primary" onClick={() => setEditing('new')}>
            {t('New persona')}
          </Button>
        </>
      }
    >
      <p className="-mt-3 max-w-prose text-sm text-soft">
        {t(
          'A persona is who you are in a story. A chat begins with the one you chose for its character, else with the one for new chats; it can be changed in the chat.',
        )}
      </p>
      {personas?.length === 0 && (
        <p className="text-soft">{t('You have not said who you are yet: characters meet a stranger.')}</p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {personas?.map((persona) => (
          <PersonaRow
            key={persona.id}
            persona={persona}
            isChosen={persona.id === chosen}
            onEdit={() => setEditing(persona)}
          />
        ))}
      </ul>
      <Suspense>
        {editing && (
          <PersonaForm persona={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
        )}
      </Suspense>
    </Page>
  )
}

interface RowProps {
  readonly persona: Persona
  readonly isChosen: boolean
  readonly onEdit: () => void
}

function PersonaRow({ persona, isChosen, onEdit }: RowProps) {
  const { openPersonas } = useServices()
  const { id, name, description, portraitId } = persona
  const portrait = useFileUrl(portraitId)

  async function remove() {
    const undo = rememberDeletion(await (await openPersonas()).remove(id))
    showToast(t('{name} deleted. It waits in the bin.', { name }), {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
      <Portrait url={portrait} name={name} className="size-14 text-2xl" />
      <div className="min-w-40 flex-1">
        <h2 className="flex flex-wrap items-baseline gap-x-2 font-story text-lg">
          {name}
          {isChosen && (
            <span className="rounded-full bg-accent-wash px-2.5 py-0.5 font-sans text-accent text-xs">
              {t('plays new chats')}
            </span>
          )}
        </h2>
        <p className="line-clamp-2 text-sm text-soft">{description || t('No description.')}</p>
      </div>
      <div className="flex flex-wrap gap-1">
        {!isChosen && (
          <Button
            look="quiet"
            aria-label={t('Play {name} in new chats', { name })}
            onClick={() => void openPersonas().then((personas) => personas.choose(id))}
          >
            {t('For new chats')}
          </Button>
        )}
        <Button look="quiet" aria-label={t('Edit {name}', { name })} onClick={onEdit}>
          {t('Edit')}
        </Button>
        <Button
          look="quiet"
          aria-label={t('Duplicate {name}', { name })}
          onClick={() => void openPersonas().then((personas) => personas.duplicate(id))}
        >
          {t('Duplicate')}
        </Button>
        <Button look="quiet" aria-label={t('Delete {name}', { name })} onClick={() => void remove()}>
          {t('Delete')}
        </Button>
      </div>
    </li>
  )
}
