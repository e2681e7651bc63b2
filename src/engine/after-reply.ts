import type { ConversationId } from '#core/ids.ts'
import { calibrate } from '#core/prompt/estimate.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import type { PreparedReply } from './prepared-reply.ts'

/** A factor that moves by less is not worth a write. */
const leastStep = 0.005

/** What the connection learns from a server's own count of a prompt; nothing of the demo's, which counts for show. */
export async function learnFactor(
  storage: StoragePort,
  { connection: { id, kind, model }, estimatedTokens }: PreparedReply,
  promptTokens: number | undefined,
): Promise<Change[]> {
  if (promptTokens === undefined || kind === 'demo') return []
  const connection = await storage.get('connections', id)
  if (connection?.model !== model) return []
  const before = connection.tokenFactor ?? 1
  const tokenFactor = calibrate(before, estimatedTokens, promptTokens)
  if (Math.abs(tokenFactor - before) < leastStep) return []
  return [{ type: 'put', table: 'connections', row: { ...connection, tokenFactor } }]
}

/** Takes a note that was meant for one reply off its chat, unless the reader has changed it meanwhile. */
export async function spendNote(
  storage: StoragePort,
  conversationId: ConversationId,
  { note }: PreparedReply,
): Promise<Change[]> {
  if (note?.lasts !== 'once') return []
  const conversation = await storage.get('conversations', conversationId)
  if (!conversation?.note || JSON.stringify(conversation.note) !== JSON.stringify(note)) return []
  const { note: _spent, ...row } = conversation
  return [{ type: 'put', table: 'conversations', row }]
}
