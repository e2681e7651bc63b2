import type { Connection } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The opening of HER's planning block: a reply that begins with it starts to plan at once. */
export const planningOpener = '<system_thinking>'

/** What is assumed of a server that does not tell its context length, in tokens. */
const assumedContextTokens = 8192

/** What a reply begins with; `told` where its model can only be told to go on from what it was begun with. */
export type Prefill = 'planning' | 'begun' | 'told' | 'none'

/** Text a reply already has and is to go on from. */
export interface BegunText {
  readonly raw: string
  /** Where the server can't go on from given words, the model may be told to in the prompt. */
  readonly mayBeTold: boolean
}

/** The connection in use: the one the reader chose, else the built-in demo. */
export async function activeConnection(storage: StoragePort): Promise<Connection> {
  const chosen = await storage.get('settings', 'connection')
  const connection = chosen && (await storage.get('connections', chosen.value))
  return connection ?? demoConnection
}

/** What a prompt and its reply may take of a connection's window. */
export function budgetOf(connection: Connection): PromptBudget {
  const contextTokens = connection.capabilities.contextTokens ?? assumedContextTokens
  return {
    contextTokens,
    // In a small window a long reply must not take the story's place.
    replyTokens: Math.min(connection.sampling.maxTokens, Math.floor(contextTokens / 2)),
    factor: connection.tokenFactor ?? 1,
  }
}

/** A budget whose prompt may take only a share of what the reply leaves it. */
export function withShare(budget: PromptBudget, share: number): PromptBudget {
  const { contextTokens, replyTokens } = budget
  return { ...budget, contextTokens: replyTokens + (contextTokens - replyTokens) * share }
}
