import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import { greetingsOf } from '#core/cards/edit-greetings.ts'
import type { CharacterId } from '#core/ids.ts'
import { fold } from '#core/search/fold.ts'
import { listOf, t } from '#lib/translate.ts'
import { useCatalogue, useCharactersOf } from '#state/characters.ts'
import { useServices } from '#state/services.tsx'
import { useThumbnail } from '#state/thumbnails.ts'
import { classNames } from '#ui/class-names.ts'
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'
import { rich } from '#ui/rich.ts'

/** More are found by their names. */
const mostShown = 60

/** Brings several characters into one room. */
export function NewSceneDialog({ onClose }: { readonly onClose: () => void }) {
  const { scenes, askForPersistence } = useServices()
  const characters = useCatalogue()
  const [, navigate] = useLocation()
  const [cast, setCast] = useState<readonly CharacterId[]>([])
  const [userPlays, setUserPlays] = useState<CharacterId>()
  const [opening, setOpening] = useState('')
  const [greeting, setGreeting] = useState('')
  const [wanted, setWanted] = useState('')
  const nameOf = (id: CharacterId) => characters?.find((one) => one.id === id)?.name ?? ''
  // Who was chosen stays in sight, whatever is looked for.
  const shown = (characters ?? [])
    .filter(({ id, name }) => cast.includes(id) || fold(name).includes(fold(wanted.trim())))
    .sort((one, other) => Number(cast.includes(other.id)) - Number(cast.includes(one.id)))
    .slice(0, mostShown)
  const groupGreetings = (useCharactersOf(cast) ?? []).filter(({ id }) => id !== userPlays).flatMap(groupGreetingsOf)
  const chosen = groupGreetings.find(({ key }) => key === greeting)
  const played = userPlays && cast.includes(userPlays) ? userPlays : undefined

  async function begin() {
    const names = cast.filter((id) => id !== played).map(nameOf)
    const id = await (await scenes()).begin({
      cast,
      ...(played && { userPlays: played }),
      opening,
      ...(chosen && { greetings: { by: chosen.by, texts: chosen.all, chosen: chosen.index } }),
      title: listOf(names),
    })
    askForPersistence()
    onClose()
    navigate(`/chat/${id}`)
  }

  return (
    <FormDialog
      title={t('New scene')}
      submitLabel={t('Begin')}
      canSubmit={cast.length >= 2}
      onSubmit={() => void begin()}
      onClose={onClose}
    >
      <p className="-mt-2 text-sm text-soft">
        {rich('Or begin one that is written already: <link>Scenes</link>', {
          link: (words) => (
            <Link href="/scenes" onClick={onClose} className="text-accent underline">
              {words}
            </Link>
          ),
        })}
      </p>
      <fieldset>
        <legend className="mb-2 text-sm text-soft">
          {t('Who is in it? Two or more. Each will know only their own mind, and what they were there for.')}
        </legend>
        {characters && characters.length > mostShown / 4 && (
          <TextInput
            aria-label={t('Find a character')}
            placeholder={t('Find a character')}
            className="mb-2"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        )}
        <ul className="grid max-h-72 grid-cols-2 gap-1.5 overflow-y-auto p-0.5 sm:grid-cols-3">
          {shown.map((character) => {
            const isIn = cast.includes(character.id)
            return (
              <Choice
                key={character.id}
                character={character}
                isIn={isIn}
                onToggle={() => setCast(isIn ? cast.filter((id) => id !== character.id) : [...cast, character.id])}
              />
            )
          })}
        </ul>
      </fieldset>
      <Field label={t('You play')}>
        {(ids) => (
          <Select
            {...ids}
            value={played ?? ''}
            onChange={(event) => setUserPlays((event.target.value || undefined) as CharacterId | undefined)}
          >
            <option value="">{t('Yourself, beside them')}</option>
            {cast.map((id) => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {groupGreetings.length > 0 && (
        <Field label={t('Who speaks first')} hint={t('Greetings that these cards have for company.')}>
          {(ids) => (
            <Select {...ids} value={chosen?.key ?? ''} onChange={(event) => setGreeting(event.target.value)}>
              <option value="">{t('Nobody yet')}</option>
              {groupGreetings.map(({ key, by, all, index }) => (
                <option key={key} value={key}>
                  {`${nameOf(by)}: ${excerpt(all[index] ?? '')}`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t('How it opens')} hint={t('What everyone sees first. It may be left empty.')}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-20"
            value={opening}
            onChange={(event) => setOpening(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}

/** Each greeting of a card that is meant for chats of several. */
function groupGreetingsOf({ id, document }: Character) {
  const all = (greetingsOf(document).groupOnly ?? []).filter((text) => text.trim() !== '')
  return all.map((_text, index) => ({ key: `${id} ${index}`, by: id, all, index }))
}

/** Enough to tell greetings apart, in characters. */
const excerptLength = 60

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > excerptLength ? `${line.slice(0, excerptLength)}…` : line
}

interface ChoiceProps {
  readonly character: CatalogueEntry
  readonly isIn: boolean
  readonly onToggle: () => void
}

function Choice({ character, isIn, onToggle }: ChoiceProps) {
  const portrait = useThumbnail(character)
  const { name } = character
  return (
    <li {...hueProps(character.hue)}>
      <label
        className={classNames(
          'flex min-h-12 items-center gap-2.5 rounded-xl border p-1.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
          isIn ? 'border-accent bg-accent-wash' : 'border-line bg-raised hover:border-faint',
        )}
      >
        <input type="checkbox" className="sr-only" checked={isIn} onChange={onToggle} />
        <Portrait url={portrait} name={name} className="size-9" />
        <span className="min-w-0 break-words leading-tight max-sm:text-xs">{name}</span>
      </label>
    </li>
  )
}
