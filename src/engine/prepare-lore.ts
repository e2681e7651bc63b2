import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { activateLore, type LoreInput } from '#core/lorebook/activate.ts'
import type { ActiveLore } from '#core/lorebook/active-lore.ts'
import { type AttachedBook, knowLore } from '#core/lorebook/known-lore.ts'
import { readCardBook } from '#core/lorebook/read-lorebook.ts'
import { recallLore } from '#core/lorebook/recall.ts'

/** What of a model's window lore may take, as in SillyTavern. */
const budgetShare = 0.25

interface LoreScene extends Pick<LoreInput, 'cast' | 'heard' | 'macros'> {
  readonly conversation: Conversation
  /** Whose turn it is. */
  readonly character: Character
  readonly path: readonly Turn[]
  readonly contextTokens: number
}

/** The lore of a reply: of the book in the character's card, what the chat as it heard it calls for. */
export function prepareLore(scene: LoreScene): ActiveLore {
  const { conversation, character, cast, path, heard, contextTokens, macros } = scene
  const greeting = greetingOf(character, path)
  const input = {
    known: knowLore(booksOf(character), character.id, cast),
    cast,
    heard,
    seed: conversation.id,
    ...(macros && { macros }),
    settings: { budgetTokens: Math.floor(contextTokens * budgetShare) },
    ...(greeting !== undefined && { greeting }),
  }
  return activateLore({ ...input, memory: recallLore(input) })
}

function booksOf({ id, document }: Character): AttachedBook[] {
  const book = readCardBook(document)
  return book ? [{ id: `card:${id}`, book, attachedTo: { kind: 'character', characterId: id } }] : []
}

/** Which of the card's greetings a chat began with; nothing when it began otherwise, or the card has changed. */
function greetingOf({ document }: Character, path: readonly Turn[]): number | undefined {
  const [opening] = path
  const index = opening?.template ? viewCard(document).greetings.indexOf(opening.raw) : -1
  return index < 0 ? undefined : index
}
