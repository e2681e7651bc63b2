import { fold } from '#core/search/fold.ts'
import type { Character } from './character.ts'
import { viewCard } from './view-card.ts'

/** Every word of a card that a reader may remember it by, folded. */
export function foldedCardText({ document, tags = [], folder = '' }: Character): string {
  const card = viewCard(document)
  return fold(
    [
      card.name,
      card.nickname ?? '',
      card.description,
      card.personality,
      card.scenario,
      ...card.greetings,
      card.exampleDialogue,
      card.creatorNotes,
      card.creator,
      card.her.book ?? '',
      card.her.motivation ?? '',
      ...card.tags,
      ...tags,
      folder,
    ].join('\n'),
  )
}
