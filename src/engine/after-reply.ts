import type { ConversationId } from '#core/ids.ts'
import { calibrate } from '#core/prompt/estimate.ts'
import type { Edit } from '#ports/storage.ts'
import { editIfAny } from './changes.ts'
import type { PreparedReply } from './prepared-reply.ts'

/** A factor that moves by less is not worth a write. */
const leastStep = 0.005

/** What the connection learns from a server's own count of a prompt; nothing of the demo's, which counts for show. */
export function learnFactor(
  { connection: { id, kind, model }, estimatedTokens }: PreparedReply,
  promptTokens: number | undefined,
): Edit[] {
  if (promptTokens === undefined || kind === 'demo') return []
  return [
    editIfAny('connections', id, (connection) => {
      const before = connection.tokenFactor ?? 1
      const tokenFactor = calibrate(before, estimatedTokens, promptTokens)
      const isWorthIt = connection.model === model && Math.abs(tokenFactor - before) >= leastStep
      return isWorthIt ? { ...connection, tokenFactor } : connection
    }),
  ]
}

/** Takes a note that was meant for one reply off its chat, unless the reader has changed it meanwhile. */
export function spendNote(conversationId: ConversationId, { note }: PreparedReply): Edit[] {
  if (note?.lasts !== 'once') return []
  return [
    editIfAny('conversations', conversationId, (conversation) => {
      const { note: current, ...row } = conversation
      return JSON.stringify(current) === JSON.stringify(note) ? row : conversation
    }),
  ]
}
