import * as z from 'zod/mini'
import type { ConnectionId, ConversationId, TurnId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import type { EnhanceChoice } from './part.ts'

/** What is enhanced and by whom: all that the course of a job depends on. */
export interface EnhancePlan {
  readonly chats: readonly { readonly conversationId: ConversationId; readonly headId: TurnId }[]
  readonly choice: EnhanceChoice
  readonly teacher: { readonly connectionId: ConnectionId; readonly model: string }
}

const plan = z.object({
  chats: z.array(z.object({ conversationId: z.string(), headId: z.string() })),
  choice: z.object({
    stages: z.object({ roleThinking: z.boolean(), forward: z.boolean(), backward: z.boolean(), setting: z.boolean() }),
    turns: z.enum(['lacking', 'all']),
  }),
  teacher: z.object({ connectionId: z.string(), model: z.string() }),
})

/** A plan as a job has it; undefined where it is none. */
export function readEnhancePlan(value: JsonValue): EnhancePlan | undefined {
  const read = plan.safeParse(value)
  return read.success ? (read.data as unknown as EnhancePlan) : undefined
}

/** The record of a job that says where a turn was taken to. */
export function takenKey(turnId: TurnId): string {
  return `taken/${turnId}`
}

/** The record that says a turn was asked for once more, for the first time or a later one. */
export function againKey(turnId: TurnId, times: number): string {
  return `again/${turnId}/${times}`
}
