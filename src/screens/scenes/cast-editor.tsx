import { useId } from 'react'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { CharacterId } from '#core/ids.ts'
import type { KeptScene, SceneEdit } from '#core/scene-file/kept-scene.ts'
import { moved } from '#lib/moved.ts'
import { t } from '#lib/translate.ts'
import { useThumbnail } from '#state/thumbnails.ts'
import { Check } from '#ui/check.tsx'
import { Field, Select, TextArea } from '#ui/field.tsx'
import { hueProps } from '#ui/hue.ts'
import { MoveButtons } from '#ui/move-buttons.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { type Entries, speakerName } from './entries.ts'

interface Props {
  readonly scene: KeptScene
  readonly entries: Entries
  readonly catalogue: readonly CatalogueEntry[]
  readonly change: (edit: SceneEdit) => void
}

/** Who is in a scene, who is there when it begins, and what each of them alone knows. */
export function CastEditor({ scene, entries, catalogue, change }: Props) {
  const headingId = useId()
  const { cast, present, secrets = {}, appearances = {}, userPlays } = scene
  const others = catalogue.filter(({ id }) => !cast.includes(id))
  const nameOf = (characterId: CharacterId) => speakerName({ kind: 'character', characterId }, entries)

  function add(id: CharacterId) {
    change({ cast: [...cast, id], ...(present && { present: [...present, id] }) })
  }

  function remove(id: CharacterId) {
    const { [id]: _secret, ...secretsLeft } = secrets
    const { [id]: _look, ...appearancesLeft } = appearances
    change({
      cast: cast.filter((one) => one !== id),
      secrets: secretsLeft,
      appearances: appearancesLeft,
      ...(present && { present: present.filter((one) => one !== id) }),
      ...(userPlays === id && { userPlays: undefined }),
    })
  }

  function setPresent(id: CharacterId, isThere: boolean) {
    const before = present ?? cast
    change({ present: cast.filter((one) => (one === id ? isThere : before.includes(one))) })
  }

  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-3">
      <div>
        <h2 id={headingId} className="font-story text-xl">
          {t('Who is in it')}
        </h2>
        <p className="text-faint text-xs">
          {t('What only one of them knows goes into that one’s prompt and into no other’s.')}
        </p>
      </div>
      <ul className="flex flex-col gap-3">
        {cast.map((id, index) => (
          <li
            key={id}
            {...hueProps(entries.get(id)?.hue ?? 50)}
            className="flex flex-col gap-2.5 rounded-xl border border-line bg-raised p-3"
          >
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Face entry={entries.get(id)} name={nameOf(id)} />
              <span className="min-w-32 flex-1 font-story text-accent text-lg leading-tight">{nameOf(id)}</span>
              <Check
                label={t('There when it begins')}
                isOn={!present || present.includes(id)}
                onChange={(isOn) => setPresent(id, isOn)}
              />
              <MoveButtons
                name={nameOf(id)}
                up={index > 0 ? () => change({ cast: moved(cast, index, index - 1) }) : undefined}
                down={index < cast.length - 1 ? () => change({ cast: moved(cast, index, index + 1) }) : undefined}
                onRemove={() => remove(id)}
              />
            </div>
            <div className="grid gap-3 sm:grid-cols-2">
              <Field label={t('What only {name} knows', { name: nameOf(id) })}>
                {(ids) => (
                  <TextArea
                    {...ids}
                    className="field-sizing-content min-h-10"
                    value={secrets[id] ?? ''}
                    placeholder={t('Nothing in particular')}
                    onChange={(event) => change({ secrets: { ...secrets, [id]: event.target.value } })}
                  />
                )}
              </Field>
              <Field label={t('What the others see of {name}', { name: nameOf(id) })}>
                {(ids) => (
                  <TextArea
                    {...ids}
                    className="field-sizing-content min-h-10"
                    value={appearances[id] ?? ''}
                    placeholder={t('What the card says')}
                    onChange={(event) => change({ appearances: { ...appearances, [id]: event.target.value } })}
                  />
                )}
              </Field>
            </div>
          </li>
        ))}
      </ul>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('Add a character')}>
          {(ids) => (
            <Select
              {...ids}
              value=""
              onChange={(event) => event.target.value && add(event.target.value as CharacterId)}
            >
              <option value="">{others.length === 0 ? t('Everyone is in it') : t('Choose…')}</option>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('You play')} hint={t('Whoever begins the scene may choose otherwise.')}>
          {(ids) => (
            <Select
              {...ids}
              value={userPlays ?? ''}
              onChange={(event) => change({ userPlays: (event.target.value || undefined) as CharacterId | undefined })}
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
      </div>
    </section>
  )
}

function Face({ entry, name }: { readonly entry: CatalogueEntry | undefined; readonly name: string }) {
  return entry ? <KnownFace entry={entry} /> : <Portrait url={undefined} name={name} className="size-11" />
}

function KnownFace({ entry }: { readonly entry: CatalogueEntry }) {
  return <Portrait url={useThumbnail(entry)} name={entry.name} className="size-11 text-lg" />
}
