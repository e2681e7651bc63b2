import { useMemo } from 'react'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { Speaker } from '#core/conversation/turn.ts'
import { type Cast, nameOf } from '#core/scene/cast.ts'
import { castOf } from '#core/scene/cast-of.ts'
import { t } from '#lib/translate.ts'
import { useCharacter, useCharactersOf } from './characters.ts'
import { useFormerPersonas, usePersona } from './personas.ts'

export interface Players {
  readonly cast: Cast
  /** What a speaker is called on screen. A reader who has not said who they are is "You". */
  readonly labelOf: (speaker: Speaker) => string
  /** The colour a speaker has of its own among several; nothing in a chat with one character, which is in its colour. */
  readonly hueOf: (speaker: Speaker) => number | undefined
}

const nothing: Pick<Conversation, 'userPlays' | 'scenario' | 'secrets' | 'appearances'> = {}

/** Who takes part in a chat; undefined until character and persona are read. */
export function usePlayers(conversation: Conversation | null | undefined): Players | undefined {
  const only = useCharacter(conversation?.characterId)
  const several = useCharactersOf(conversation?.cast)
  const persona = usePersona(conversation?.personaId)
  const former = useFormerPersonas(conversation)
  const isScene = conversation?.cast !== undefined
  const { userPlays, scenario, secrets, appearances } = conversation ?? nothing
  return useMemo(() => {
    const characters = isScene ? several : only && [only]
    const [first] = characters ?? []
    if (!characters || !first || persona === undefined || !former) return undefined
    const cast = castOf(characters, persona, { former, userPlays, scenario, secrets, appearances })
    const find = (speaker: Speaker) =>
      speaker.kind === 'character' ? characters.find(({ id }) => id === speaker.characterId) : undefined
    const labelOf = (speaker: Speaker) => {
      switch (speaker.kind) {
        case 'character':
          // In a chat with one character whoever speaks is that one, also as a file of old had others.
          return isScene && !find(speaker) ? nameOf(speaker, cast) : viewCard((find(speaker) ?? first).document).name
        case 'user': {
          const saidBy = speaker.personaId ?? defaultPersonaId
          const earlier = former.find(({ id }) => id === saidBy && id !== persona?.id)
          return (earlier ?? persona)?.name || t('You')
        }
        case 'environment':
          return t('Scene')
      }
    }
    return { cast, labelOf, hueOf: (speaker) => (isScene ? find(speaker)?.hue : undefined) }
  }, [isScene, several, only, persona, former, userPlays, scenario, secrets, appearances])
}
