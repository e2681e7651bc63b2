import type { QueryClient } from '@tanstack/react-query'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId } from '#core/ids.ts'
import { everyTurn, type StoragePort } from '#ports/storage.ts'

/** The turns of a chat that are in memory, sorted by id. The newest come first from disk, the rest follows. */
export interface LoadedTurns {
  readonly turns: readonly Turn[]
  /** Every turn of the chat is here. */
  readonly complete: boolean
}

/** Enough to fill a tall screen and a good deal of scrolling. */
const firstPage = 60
/** Small enough that reading one page is no long task. */
const laterPage = 250

export function turnsKey(conversationId: ConversationId) {
  return ['turns', conversationId] as const
}

/** Reads the newest turns of a chat, and goes on to put the older ones into the cache, page by page. */
export async function loadTurns(
  storage: StoragePort,
  queryClient: QueryClient,
  conversationId: ConversationId,
): Promise<LoadedTurns> {
  const newest = await storage.turnsBefore(conversationId, undefined, firstPage)
  const complete = newest.length < firstPage
  // After the query has settled, so that its result can't overwrite what is added.
  if (!complete) setTimeout(() => void loadOlder(storage, queryClient, conversationId), 0)
  return { turns: newest, complete }
}

async function loadOlder(storage: StoragePort, queryClient: QueryClient, conversationId: ConversationId) {
  for (;;) {
    const oldest = queryClient.getQueryData<LoadedTurns>(turnsKey(conversationId))?.turns[0]
    if (!oldest) return
    const page = await storage.turnsBefore(conversationId, oldest.id, laterPage)
    const complete = page.length < laterPage
    queryClient.setQueryData<LoadedTurns>(
      turnsKey(conversationId),
      (loaded) => loaded && { turns: [...page, ...loaded.turns], complete },
    )
    if (complete) return
  }
}

/** All turns of a chat: what is in memory as it is there, so that nothing is read twice, and the rest from disk. */
export async function readAllTurns(
  storage: StoragePort,
  queryClient: QueryClient,
  conversationId: ConversationId,
): Promise<readonly Turn[]> {
  const loaded = queryClient.getQueryData<LoadedTurns>(turnsKey(conversationId))
  if (!loaded) return storage.turnsBefore(conversationId, undefined, everyTurn)
  if (loaded.complete) return loaded.turns
  const older = await storage.turnsBefore(conversationId, loaded.turns[0]?.id, everyTurn)
  // Looked at again: while the disk was read more may have come, or a row may have changed.
  const now = queryClient.getQueryData<LoadedTurns>(turnsKey(conversationId)) ?? loaded
  const first = now.turns[0]
  return [...older.filter((turn) => !first || turn.id < first.id), ...now.turns]
}

/**
 * Puts one changed turn in its place. A turn older than all that is loaded is left out: the page it lies on is read
 * later, and has the change.
 */
export function withTurn(loaded: LoadedTurns, turn: Turn): LoadedTurns {
  const { turns, complete } = loaded
  const oldest = turns[0]
  if (oldest && turn.id < oldest.id && !complete) return loaded
  const index = turns.findLastIndex((other) => other.id <= turn.id)
  const isThere = turns[index]?.id === turn.id
  return { turns: turns.toSpliced(isThere ? index : index + 1, isThere ? 1 : 0, turn), complete }
}
