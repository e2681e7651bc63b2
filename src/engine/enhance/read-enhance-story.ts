import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { EnhanceStory } from '#core/training/enhance/part.ts'
import type { StoragePort } from '#ports/storage.ts'
import { booksOf } from '../prepare-lore.ts'
import { readPlayers } from '../read-cast.ts'

interface Dependencies {
  readonly storage: StoragePort
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
}

/** A branch of a chat as it is enhanced; undefined where the chat or everyone in it is gone. */
export async function readEnhanceStory(
  { storage, turnsOf }: Dependencies,
  conversationId: ConversationId,
  headId: TurnId,
): Promise<EnhanceStory | undefined> {
  const conversation = await storage.get('conversations', conversationId)
  if (!conversation) return undefined
  const [{ characters, persona, cast }, lorebooks, turns] = await Promise.all([
    readPlayers(storage, conversation),
    storage.list('lorebooks'),
    turnsOf(conversationId),
  ])
  const [first] = characters
  const path = pathTo(createTree(turns), headId).filter(({ ending, raw }) => ending !== 'draft' && raw !== '')
  if (!first || path.length === 0) return undefined
  const living = lorebooks.filter(({ deletedAt }) => deletedAt === undefined)
  const books = characters.flatMap((character) => booksOf({ conversation, character, persona, lorebooks: living }))
  return {
    id: conversationId,
    title: conversation.title || cast.characters.map(({ card }) => card.name).join(', '),
    cast,
    path,
    books,
    ...(conversation.scenario !== undefined && { scenario: conversation.scenario }),
  }
}
