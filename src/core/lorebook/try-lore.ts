import { emptyCard } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { activateLore } from './activate.ts'
import type { ActiveLore } from './active-lore.ts'
import { type Attachment, knowLore } from './known-lore.ts'
import type { Lorebook } from './lorebook.ts'
import { recallLore } from './recall.ts'

const nobody = 'nobody' as CharacterId

/**
 * What a book would do in a chat that ends with this text: for its author, who may be told of everything. Each paragraph
 * is a message, the last the newest. Without a reader it is tried for a character that nothing is private to.
 */
export function tryLore(book: Lorebook, text: string, reader?: Character): ActiveLore {
  const id = reader?.id ?? nobody
  const cast: Cast = {
    characters: [{ id, card: reader ? viewCard(reader.document) : emptyCard }],
    user: { name: userNameInPrompts, description: '' },
  }
  const attachedTo: Attachment = reader ? { kind: 'character', characterId: id } : { kind: 'everywhere' }
  const input = {
    known: knowLore([{ id: 'tried', book, attachedTo }], id, cast),
    cast,
    heard: hear(toTurns(text), id, cast),
    seed: 'tried',
  }
  return activateLore({ ...input, memory: recallLore(input) })
}

function toTurns(text: string): Turn[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((raw, index) => ({
      id: String(index) as TurnId,
      conversationId: 'tried' as ConversationId,
      parentId: null,
      speaker: { kind: 'user' },
      dialect: 'player',
      raw,
      ending: 'complete',
      createdAt: 0,
    }))
}
