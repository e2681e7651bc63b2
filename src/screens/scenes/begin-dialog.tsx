import { useState } from 'react'
import { useLocation } from 'wouter'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId } from '#core/ids.ts'
import type { KeptScene, SceneLine } from '#core/scene-file/kept-scene.ts'
import { listOf, t } from '#lib/translate.ts'
import { useCharacter } from '#state/characters.ts'
import type { SceneStart } from '#state/kept-scenes.ts'
import { useNewChatPersona, usePersona } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Field, Select } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { rich } from '#ui/rich.ts'
import { castNames, type Entries, speakerName } from './entries.ts'
import { LineWords } from './line-words.tsx'

interface Props {
  readonly scene: KeptScene
  readonly entries: Entries
  readonly onClose: () => void
}

/** Begins a scene: whom the reader plays, and, where there is a book, from which of its lines. */
export function BeginDialog({ scene, entries, onClose }: Props) {
  const { keptScenes, askForPersistence } = useServices()
  const [, navigate] = useLocation()
  const [userPlays, setUserPlays] = useState(scene.userPlays)
  const [referenceLines, setReferenceLines] = useState(scene.opening.length === 0 && scene.reference ? 1 : 0)
  const [isBusy, setBusy] = useState(false)
  const newChatPersona = useNewChatPersona()
  const persona = usePersona(scene.personaId ?? newChatPersona)
  const nameOf = (characterId: CharacterId) => speakerName({ kind: 'character', characterId }, entries)
  const others = scene.cast.filter((id) => id !== userPlays)
  const played = useCharacter(userPlays)
  const own = [played && viewCard(played.document).her.motivation, userPlays && scene.secrets?.[userPlays]]
  const secret = own.filter(Boolean).join('\n\n')
  const keepers = others.filter((id) => scene.secrets?.[id]).map(nameOf)

  async function begin() {
    setBusy(true)
    const start: SceneStart = {
      ...(userPlays ? { userPlays } : scene.personaId && { personaId: scene.personaId }),
      referenceLines,
    }
    try {
      const id = await (await keptScenes()).begin(scene, start)
      askForPersistence()
      onClose()
      navigate(`/chat/${id}`)
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormDialog
      title={scene.title || t('Begin the scene')}
      submitLabel={t('Begin')}
      canSubmit={others.length > 0 && !isBusy}
      onSubmit={() => void begin()}
      onClose={onClose}
    >
      {scene.scenario && <p className="whitespace-pre-line font-story text-soft leading-relaxed">{scene.scenario}</p>}
      <Field
        label={t('You play')}
        hint={
          others.length > 0
            ? t('A model plays {names}.', { names: castNames({ cast: others }, entries) })
            : t('A model plays nobody.')
        }
      >
        {(ids) => (
          <Select
            {...ids}
            value={userPlays ?? ''}
            onChange={(event) => setUserPlays((event.target.value || undefined) as CharacterId | undefined)}
          >
            <option value="">
              {persona?.name ? t('{name}, beside them', { name: persona.name }) : t('Yourself, beside them')}
            </option>
            {scene.cast.map((id) => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {secret && (
        <p className="whitespace-pre-line rounded-xl bg-accent-wash px-4 py-3 text-sm">
          <span className="font-medium">{t('What is on your mind:')}</span> {secret}
        </p>
      )}
      {keepers.length > 0 && (
        <p className="text-faint text-sm">
          {t('{names} {count, plural, one {keeps} other {keep}} something to themselves.', {
            names: listOf(keepers),
            count: keepers.length,
          })}
        </p>
      )}
      {scene.reference && (
        <FromTheBook
          {...{ scene, entries }}
          lines={scene.reference}
          chosen={referenceLines}
          onChoose={setReferenceLines}
        />
      )}
    </FormDialog>
  )
}

interface FromTheBookProps {
  readonly scene: KeptScene
  readonly entries: Entries
  readonly lines: readonly SceneLine[]
  readonly chosen: number
  readonly onChoose: (lines: number) => void
}

/** How it went in the book: what has been said already, and the place it is played on from. */
function FromTheBook({ scene, entries, lines, chosen, onChoose }: FromTheBookProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm">
        {rich(
          '<b>Play from here</b> <soft>— what was said until then has been said; the rest is yours to change.</soft>',
          {
            b: (words) => <span className="font-medium">{words}</span>,
            soft: (words) => <span className="text-soft">{words}</span>,
          },
        )}
      </legend>
      <ol className="flex max-h-80 flex-col overflow-y-auto rounded-xl border border-line bg-raised p-1.5">
        <li>
          <label className="flex min-h-9 items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm has-checked:bg-accent-wash">
            <input
              type="radio"
              name="from"
              className="accent-accent"
              checked={chosen === 0}
              onChange={() => onChoose(0)}
            />
            {scene.opening.length > 0 ? t('From the scene’s own opening') : t('Before anything is said')}
          </label>
        </li>
        {lines.map((line, index) => {
          const name = speakerName(line.speaker, entries)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a book stay in their places
            <li key={index}>
              <label className="flex items-baseline gap-3 rounded-lg px-2.5 py-1.5 text-sm has-checked:bg-accent-wash">
                <input
                  type="radio"
                  name="from"
                  className="shrink-0 accent-accent"
                  checked={chosen === index + 1}
                  onChange={() => onChoose(index + 1)}
                />
                <span className={index < chosen ? 'min-w-0 text-ink' : 'min-w-0 text-faint'}>
                  <span className="font-medium text-accent">{name}:</span>{' '}
                  <LineWords line={line} name={name} withoutThoughts />
                </span>
              </label>
            </li>
          )
        })}
      </ol>
    </fieldset>
  )
}
