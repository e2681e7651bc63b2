import { useDeferredValue, useMemo, useState } from 'react'
import type { CharacterId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { fold } from '#core/search/fold.ts'
import { listOf, locale, t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { useKeptScenes } from '#state/kept-scenes.ts'
import { Button } from '#ui/button.tsx'
import { TextInput } from '#ui/field.tsx'

/** A chat, or a scene that was written and not played. */
interface Item {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly haystack: string
}

interface Props {
  /** Ids of chats and of scenes. */
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

/** Which chats and scenes go out. */
export function StoryList({ chosen, onChoose }: Props) {
  const items = useItems()
  const [typed, setTyped] = useState('')
  const wanted = fold(useDeferredValue(typed).trim())
  const shown = useMemo(() => items?.filter(({ haystack }) => haystack.includes(wanted)), [items, wanted])
  if (!items || !shown) return null
  if (items.length === 0) return <p className="text-soft text-sm">{t('Nothing was played here yet.')}</p>

  function toggle(id: string) {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <TextInput
          type="search"
          aria-label={t('Find a chat or a scene')}
          placeholder={t('By its title, or by anyone in it')}
          className="min-w-40 flex-1 basis-48"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button look="quiet" onClick={() => onChoose(new Set([...chosen, ...shown.map(({ id }) => id)]))}>
          {t('Choose all {count, number}', { count: shown.length })}
        </Button>
        {chosen.size > 0 && (
          <Button look="quiet" onClick={() => onChoose(new Set())}>
            {t('None')}
          </Button>
        )}
      </div>
      <ul
        aria-label={t('Chats and scenes')}
        className="flex max-h-80 flex-col divide-y divide-line overflow-y-auto rounded-xl border border-line bg-raised"
      >
        {shown.map(({ id, title, about }) => (
          <li key={id} className="[contain-intrinsic-size:auto_3.5rem] [content-visibility:auto]">
            <label className="flex items-center gap-3 px-3 py-2 has-checked:bg-accent-wash">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={chosen.has(id)}
                onChange={() => toggle(id)}
              />
              <span className="flex min-w-0 flex-col">
                <span className="truncate font-story">{title}</span>
                <span className="truncate text-faint text-xs">{about}</span>
              </span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="p-3 text-soft text-sm">{t('Nothing is called so.')}</li>}
      </ul>
      <p className="text-faint text-xs" role="status">
        {t('{count, plural, =0 {None is chosen.} one {# is chosen.} other {# are chosen.}}', { count: chosen.size })}
      </p>
    </div>
  )
}

function useItems(): readonly Item[] | undefined {
  const conversations = useConversations()
  const scenes = useKeptScenes()
  const catalogue = useCatalogue()
  return useMemo(() => {
    if (!conversations || !scenes || !catalogue) return undefined
    const names = new Map(catalogue.map(({ id, name }) => [id, name]))
    const namesOf = (ids: readonly CharacterId[]) => ids.flatMap((id) => names.get(id) ?? [])
    const chats = conversations.map((conversation): Item => {
      const called = namesOf(castIdsOf(conversation))
      const title = conversation.title || listOf(called)
      const about = [...(title === listOf(called) ? [] : called), dates.format(conversation.updatedAt)].join(' · ')
      return { id: conversation.id, title, about, haystack: fold(`${title} ${called.join(' ')}`) }
    })
    const written = scenes
      .filter(({ reference = [], opening }) => reference.length + opening.length > 0)
      .map((scene): Item => {
        const called = namesOf(scene.cast)
        const about = [t('Scene, as it is written'), ...(scene.book ? [scene.book] : []), ...called].join(' · ')
        return { id: scene.id, title: scene.title || listOf(called), about, haystack: fold(`${scene.title} ${about}`) }
      })
    return [...chats, ...written]
  }, [conversations, scenes, catalogue])
}
