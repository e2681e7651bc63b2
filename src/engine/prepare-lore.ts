import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { activateLore, type LoreInput } from '#core/lorebook/activate.ts'
import type { ActiveLore } from '#core/lorebook/active-lore.ts'
import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import { type AttachedBook, type Attachment, knowLore } from '#core/lorebook/known-lore.ts'
import { readCardBook, viewKeptBook } from '#core/lorebook/read-lorebook.ts'
import { recallLore } from '#core/lorebook/recall.ts'

/** What of a model's window lore may take, as in SillyTavern. */
const budgetShare = 0.25

interface LoreScene extends Pick<LoreInput, 'cast' | 'heard' | 'macros'> {
  readonly conversation: Conversation
  /** Whose turn it is. */
  readonly character: Character
  readonly persona: Persona | undefined
  /** The books of the library; which of them apply is seen here. */
  readonly lorebooks: readonly KeptLorebook[]
  readonly path: readonly Turn[]
  readonly contextTokens: number
}

/** The lore of a reply: of the books that apply to it, what the chat as the character heard it calls for. */
export function prepareLore(scene: LoreScene): ActiveLore {
  const { conversation, character, cast, path, heard, contextTokens, macros } = scene
  const greeting = greetingOf(character, path)
  const input = {
    known: knowLore(booksOf(scene), character.id, cast),
    cast,
    heard,
    seed: conversation.id,
    ...(macros && { macros }),
    settings: { budgetTokens: Math.floor(contextTokens * budgetShare) },
    ...(greeting !== undefined && { greeting }),
  }
  return activateLore({ ...input, memory: recallLore(input) })
}

/**
 * The books of a reply: the one in the character's card, and those of the library that are attached to the chat, the
 * persona, this character, or to everything. What is attached to another character is not even looked at.
 */
export function booksOf({
  conversation,
  character,
  persona,
  lorebooks,
}: Pick<LoreScene, 'conversation' | 'character' | 'persona' | 'lorebooks'>): AttachedBook[] {
  const attachedTo = { kind: 'character', characterId: character.id } as const
  const own = readCardBook(character.document)
  const kept = lorebooks.flatMap((lorebook) => {
    const book = () => viewKeptBook(lorebook.raw)
    const attachments: (Attachment | false | undefined)[] = [
      conversation.lorebookIds?.includes(lorebook.id) && { kind: 'chat' },
      persona?.lorebookIds?.includes(lorebook.id) && { kind: 'persona' },
      character.lorebookIds?.includes(lorebook.id) && attachedTo,
      lorebook.isEverywhere && { kind: 'everywhere' },
    ]
    return attachments.flatMap((attachment) =>
      attachment ? [{ id: lorebook.id, book: book(), attachedTo: attachment }] : [],
    )
  })
  return [...(own ? [{ id: `card:${character.id}`, book: own, attachedTo }] : []), ...kept]
}

/** Which of the card's greetings a chat began with; nothing when it began otherwise, or the card has changed. */
function greetingOf({ document }: Character, path: readonly Turn[]): number | undefined {
  const [opening] = path
  const index = opening?.template ? viewCard(document).greetings.indexOf(opening.raw) : -1
  return index < 0 ? undefined : index
}
