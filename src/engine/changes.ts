import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Change } from '#ports/storage.ts'

export function putTurn(row: Turn): Change {
  return { type: 'put', table: 'turns', row }
}

export function putConversation(row: Conversation): Change {
  return { type: 'put', table: 'conversations', row }
}
