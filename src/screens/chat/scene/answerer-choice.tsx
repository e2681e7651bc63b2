import { X } from 'lucide-react'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { CharacterId } from '#core/ids.ts'
import type { Choosing } from '#core/scene/next-speaker.ts'
import { listOf, t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useSceneChoice, useSceneChoices } from '#state/scene-choices.ts'
import { Button } from '#ui/button.tsx'

interface Props {
  readonly conversation: Conversation
  readonly players: Players
}

/** Who answers where nobody is asked, by how it is found who speaks next. */
const unasked: Readonly<Record<Choosing, string>> = {
  mention: t('Whoever is spoken to'),
  turns: t('Whose turn it is'),
  talkativeness: t('Whoever likes to talk'),
  model: t('Whoever is spoken to'),
  hand: t('Nobody yet'),
}

/** Who is asked to answer what the reader says, and who alone hears it. */
export function AnswererChoice({ conversation: { id, userPlays, speaksNext }, players }: Props) {
  const choice = useSceneChoice(id)
  const choose = useSceneChoices((choices) => choices.choose)
  const { answerer, whisperTo } = choice
  const nameOf = (characterId: CharacterId) => players.labelOf({ kind: 'character', characterId })

  function chooseAnswerer(value: string) {
    const { answerer: _before, ...rest } = choice
    if (value === '') choose(id, rest)
    else if (value === 'environment') choose(id, { ...rest, answerer: { kind: 'environment' } })
    else choose(id, { ...rest, answerer: { kind: 'character', characterId: value as CharacterId } })
  }

  function speakUp() {
    const { whisperTo: _before, ...rest } = choice
    choose(id, rest)
  }

  return (
    <>
      {whisperTo && (
        <Button look="quiet" isSmall className="text-accent" title={t('Say it aloud')} onClick={speakUp}>
          {t('Whispering to {names}', { names: listOf(whisperTo.map(nameOf)) })} <X aria-hidden className="size-3.5" />
        </Button>
      )}
      <select
        aria-label={t('Who answers')}
        value={answerer?.kind === 'character' ? answerer.characterId : (answerer?.kind ?? '')}
        onChange={(event) => chooseAnswerer(event.target.value)}
        className="min-h-7 min-w-0 max-w-44 truncate max-sm:max-w-32 rounded-lg bg-page px-1 text-soft text-xs hover:bg-sunken"
      >
        <option value="">{unasked[speaksNext?.by ?? 'mention']}</option>
        {players.cast.characters
          .filter((member) => member.id !== userPlays)
          .map((member) => (
            <option key={member.id} value={member.id}>
              {nameOf(member.id)}
            </option>
          ))}
        <option value="environment">{t('The environment')}</option>
      </select>
    </>
  )
}
