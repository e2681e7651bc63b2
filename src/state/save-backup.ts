import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { Turn } from '#core/conversation/turn.ts'
import { writeReply } from '#core/her/write.ts'
import type { Runs } from '#engine/chat-engine.ts'
import type { Change, TableName } from '#ports/storage.ts'
import { backupName } from './backup-name.ts'
import { useServices } from './services.tsx'
import type { LoadedTurns } from './turns-cache.ts'

/** Makes a backup of all there is or, where the disk is gone, of what the page has in memory. */
export function useSaveBackup(isDiskGone: boolean): () => Promise<{ readonly file: Blob; readonly name: string }> {
  const { openBackup, chat } = useServices()
  const queryClient = useQueryClient()
  return async () => {
    const rows = isDiskGone ? rowsInMemory(queryClient, chat.runs.getState()) : undefined
    const { backup, files } = await openBackup(rows)
    return { file: await files.pack(backup.write()), name: backupName(Date.now()) }
  }
}

/** Tables that are in memory as lists once they were shown. */
const listed: ReadonlySet<unknown> = new Set<TableName>(['conversations', 'personas', 'connections', 'lorebooks'])

/** Of these the rows that were shown are there one by one. */
const single: ReadonlySet<unknown> = new Set<TableName>(['conversations', 'characters'])

/**
 * The rows that the page still has in memory. A reply that is being made, or that could not be written, is there as far
 * as it came.
 */
function rowsInMemory(queryClient: QueryClient, { byConversation }: Runs): readonly Change[] {
  const changes: Change[] = []
  for (const { queryKey, state } of queryClient.getQueryCache().getAll()) {
    const [table, id] = queryKey
    for (const row of rowsOf(table, id, state.data)) changes.push({ type: 'put', table, row } as Change)
  }
  return changes

  function rowsOf(table: unknown, id: unknown, data: unknown): readonly unknown[] {
    if (!data) return []
    if (table === 'turns') return (data as LoadedTurns).turns.map(asItIs)
    if (table === 'files') return data instanceof Blob ? [{ id, blob: data }] : []
    if (id !== undefined) return single.has(table) ? [data] : []
    return listed.has(table) ? (data as readonly unknown[]) : []
  }

  function asItIs(turn: Turn): Turn {
    const run = byConversation.get(turn.conversationId)
    if (!run || run.phase === 'idle' || run.phase === 'waiting' || run.turnId !== turn.id) return turn
    const ending = run.phase === 'unsaved' ? 'complete' : 'interrupted'
    return { ...turn, raw: writeReply(run.reply.segments), ending }
  }
}
