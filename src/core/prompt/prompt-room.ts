import { estimateTokens } from './estimate.ts'
import type { PromptMessage } from './prompt-message.ts'

/** What a prompt may take of a model's window. */
export interface PromptBudget {
  /** The whole window of the model. */
  readonly contextTokens: number
  /** What of it the reply may take. */
  readonly replyTokens: number
  /** How a server's counts differ from ours (`calibrate`); 1 where nothing is known. */
  readonly factor?: number
}

/** A twentieth of the room stays free: estimates err by about that, and a prompt too long is refused as a whole. */
const usableShare = 0.95

/** What a message costs beside its text, in tokens: ChatML's start, role, line break, end and line break. */
export const messageTokens = 5

/** ChatML's opening of the reply. */
const replyOpeningTokens = 3

/** How many tokens a prompt may have, estimated without the server's factor. */
export function roomIn({ contextTokens, replyTokens, factor = 1 }: PromptBudget): number {
  return ((contextTokens - replyTokens) * usableShare) / factor
}

/** What messages cost together, the opening of the reply included: estimated, without a server's factor. */
export function tokensOf(messages: readonly Pick<PromptMessage, 'content'>[]): number {
  return messages.reduce((sum, message) => sum + messageTokensOf(message), replyOpeningTokens)
}

export function messageTokensOf({ content }: Pick<PromptMessage, 'content'>): number {
  return estimateOnce(content) + messageTokens
}

/** Of texts that came up lately: most of a prompt is in the next one again. */
const estimates = new Map<string, number>()
let estimatedLength = 0

/** So many characters are kept at most. */
const mostEstimated = 600_000

function estimateOnce(text: string): number {
  const known = estimates.get(text)
  if (known !== undefined) return known
  if (estimatedLength + text.length > mostEstimated) {
    estimates.clear()
    estimatedLength = 0
  }
  const tokens = estimateTokens(text)
  estimates.set(text, tokens)
  estimatedLength += text.length
  return tokens
}
