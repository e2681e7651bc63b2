import type { CharacterId } from '#core/ids.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'

interface Props {
  readonly label: string
  readonly cast: readonly CharacterId[]
  readonly players: Players
  readonly chosen: CharacterId
  readonly onChoose: (id: CharacterId) => void
}

/** One of those of a scene, or all of them (`environmentReader`). Of one alone there is nothing to choose. */
export function CharacterChoice({ label, cast, players, chosen, onChoose }: Props) {
  if (cast.length < 2) return null
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap gap-1.5">
      {cast.map((id) => (
        <Choice
          key={id}
          id={id}
          name={id === environmentReader ? t('All of them') : players.labelOf({ kind: 'character', characterId: id })}
          group={label}
          isChosen={id === chosen}
          onChoose={() => onChoose(id)}
        />
      ))}
    </div>
  )
}

interface ChoiceProps {
  readonly id: CharacterId
  readonly name: string
  readonly group: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Choice({ id, name, group, isChosen, onChoose }: ChoiceProps) {
  const character = useCharacter(id)
  const portrait = useFileUrl(character?.portraitId)
  return (
    <label
      {...hueProps(character?.hue ?? 50)}
      className={classNames(
        'flex min-h-9 items-center gap-2 rounded-full border py-0.5 pe-3 ps-0.5 text-sm',
        'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
        isChosen ? 'border-accent bg-accent-wash text-accent' : 'border-line text-soft hover:border-faint',
      )}
    >
      <input
        // A dialog gives its first field the focus, where none asks for it; React's own property asks too early.
        ref={(input) => {
          input?.toggleAttribute('autofocus', isChosen)
        }}
        type="radio"
        name={group}
        className="sr-only"
        checked={isChosen}
        onChange={onChoose}
      />
      <Portrait url={portrait} name={name} className="size-8" />
      {name}
    </label>
  )
}
