import { useMemo } from 'react'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { Speaker } from '#core/conversation/turn.ts'
import type { Cast } from '#core/scene/cast.ts'
import { castOf } from '#core/scene/cast-of.ts'
import { useCharacter } from './characters.ts'
import { useFormerPersonas, usePersona } from './personas.ts'

export interface Players {
  readonly cast: Cast
  /** What a speaker is called on screen. A reader who has not said who they are is "You". */
  readonly labelOf: (speaker: Speaker) => string
}

/** Who takes part in a chat; undefined until character and persona are read. */
export function usePlayers(conversation: Conversation | null | undefined): Players | undefined {
  const character = useCharacter(conversation?.characterId)
  const persona = usePersona(conversation?.personaId)
  const former = useFormerPersonas(conversation)
  return useMemo(() => {
    if (!character || persona === undefined || !former) return undefined
    const card = viewCard(character.document)
    const cast = castOf(character, persona, former)
    const labelOf = (speaker: Speaker) => {
      switch (speaker.kind) {
        case 'character':
          return card.name
        case 'user': {
          const saidBy = speaker.personaId ?? defaultPersonaId
          const earlier = former.find(({ id }) => id === saidBy && id !== persona?.id)
          return (earlier ?? persona)?.name || 'You'
        }
        case 'environment':
          return 'Scene'
      }
    }
    return { cast, labelOf }
  }, [character, persona, former])
}
