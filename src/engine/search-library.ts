import type { Conversation } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import { createTree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { type Cast, namesOf } from '#core/scene/cast.ts'
import { createSearchIndex } from '#core/search/search-index.ts'
import type { SearchPort } from '#ports/search.ts'
import { type Change, everyTurn, type StoragePort } from '#ports/storage.ts'
import { readCast } from './read-cast.ts'

/** A chat as it stands in the index. */
interface Indexed {
  readonly cast: Cast
  readonly seals: Conversation['seals']
  /** Every turn that is known, and whether it can be read: it lives, and so does all it follows from. */
  readonly canBeRead: Map<TurnId, boolean>
}

/**
 * An index of every turn that can be read, in all chats: built from storage, chat by chat, and kept up to date by what is
 * written. What is sealed is not in it. `pause` lets questions through between two chats.
 */
export function createLibrarySearch(storage: StoragePort, pause: () => Promise<void>): SearchPort {
  const index = createSearchIndex()
  const chats = new Map<ConversationId, Indexed>()
  const stale = new Set<ConversationId>()
  const listeners = new Set<() => void>()
  let isReading = false
  let isComplete = false

  storage.onChange((changes) => {
    for (const change of changes) take(change)
    tell()
    void readStale()
  })
  void storage.list('conversations').then((conversations) => {
    // The latest first: that is where the reader most likely looks.
    for (const { id } of conversations.sort((one, other) => other.updatedAt - one.updatedAt)) stale.add(id)
    return readStale()
  })

  return {
    search: async (query, limit) => ({ ...index.search(query, limit), turns: index.size, isComplete }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  function tell(): void {
    for (const listener of listeners) listener()
  }

  /** One at a time, so that no chat is read twice at once. */
  async function readStale(): Promise<void> {
    if (isReading) return
    isReading = true
    for (const id of stale) {
      stale.delete(id)
      await readChat(id)
      tell()
      await pause()
    }
    isReading = false
    isComplete = true
    tell()
  }

  async function readChat(id: ConversationId): Promise<void> {
    const conversation = await storage.get('conversations', id)
    const cast =
      conversation && conversation.deletedAt === undefined ? await readCast(storage, conversation) : undefined
    const turns = cast ? await storage.turnsBefore(id, undefined, everyTurn) : []
    index.removeConversation(id)
    chats.delete(id)
    if (!conversation || !cast) return
    const chat: Indexed = { cast, seals: conversation.seals, canBeRead: new Map() }
    chats.set(id, chat)
    for (const turn of turns) chat.canBeRead.set(turn.id, false)
    const { childrenByParent } = createTree(turns)
    const waiting = [...(childrenByParent.get(null) ?? [])]
    // The list grows while it is walked: what hangs under a deleted turn is not come to.
    for (const turn of waiting) {
      put(chat, turn)
      waiting.push(...(childrenByParent.get(turn.id) ?? []))
    }
  }

  function put(chat: Indexed, turn: Turn): void {
    const { id, conversationId, parentId, speaker, createdAt } = turn
    chat.canBeRead.set(id, true)
    const segments = withoutSealed(chat.seals, id, readTurn(turn, chat.cast).segments)
    index.put({ id, conversationId, parentId, speaker, createdAt, segments })
  }

  function take(change: Change): void {
    switch (change.table) {
      case 'turns':
        if (change.type === 'put') takeTurn(change.row)
        else stale.add(change.key[0])
        break
      case 'conversations':
        if (change.type === 'put') takeConversation(change.row)
        else if (chats.has(change.key as ConversationId)) stale.add(change.key as ConversationId)
        break
      case 'characters':
      case 'personas':
        takeNames()
        break
    }
  }

  function takeTurn(turn: Turn): void {
    const chat = chats.get(turn.conversationId)
    const before = chat?.canBeRead.get(turn.id)
    const isNew = before === undefined && (turn.parentId === null || chat?.canBeRead.get(turn.parentId) === true)
    // A turn that was deleted or brought back takes others with it: the chat is read anew.
    if (chat && turn.deletedAt === undefined && (before === true || isNew)) put(chat, turn)
    else if (!(turn.deletedAt !== undefined && before === false)) stale.add(turn.conversationId)
  }

  function takeConversation({ id, deletedAt, seals }: Conversation): void {
    const chat = chats.get(id)
    const isThere = deletedAt === undefined
    if (isThere && chat && JSON.stringify(chat.seals) === JSON.stringify(seals)) return
    if (isThere || chat) stale.add(id)
  }

  /** Names tell whose words are whose: where one changed, the chat is read anew. */
  function takeNames(): void {
    for (const [id, chat] of chats) {
      void storage.get('conversations', id).then(async (conversation) => {
        const cast = conversation && (await readCast(storage, conversation))
        if (!cast || namesKey(cast) === namesKey(chat.cast)) return
        stale.add(id)
        await readStale()
      })
    }
  }
}

function namesKey({ characters, user }: Cast): string {
  return JSON.stringify([user.name, ...characters.map(({ card }) => namesOf(card))])
}
