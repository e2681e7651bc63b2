import type { CardView } from '#core/cards/card.ts'
import type { CharacterId } from '#core/ids.ts'
import { namesOf } from '#core/scene/cast.ts'
import type { StoryDraft } from './story-draft.ts'

/** A character of the library that may play one of a file. */
export interface Player {
  readonly id: CharacterId
  readonly card: CardView
}

/**
 * Who of the library plays whom of a draft, by the draft's keys: the one who is called the same. Of several who are, the
 * one whose id the file has; else nobody, since it would be a guess.
 */
export function findPlayers(
  { characters }: Pick<StoryDraft, 'characters'>,
  library: readonly Player[],
): Map<string, CharacterId> {
  const playersByName = new Map<string, Player[]>()
  for (const player of library) {
    for (const name of new Set(namesOf(player.card).map(foldName))) {
      const namesakes = playersByName.get(name)
      if (namesakes) namesakes.push(player)
      else playersByName.set(name, [player])
    }
  }
  return new Map(
    characters.flatMap(({ key, name }) => {
      const namesakes = playersByName.get(foldName(name)) ?? []
      const found = namesakes.find(({ id }) => id === key) ?? (namesakes.length === 1 ? namesakes[0] : undefined)
      return found ? [[key, found.id] as const] : []
    }),
  )
}

function foldName(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase()
}
