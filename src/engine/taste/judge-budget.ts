import type { Connection } from '#core/connection.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import { judgePrompt } from '#core/taste/judge-prompt.ts'
import type { Principle } from '#core/taste/principle.ts'
import { budgetOf } from '#engine/reply-basis.ts'
import { usualAnswerTokens } from './judge-pair.ts'

/** What a judge's answer may take of its window. */
export function answerTokensOf(connection: Connection): number {
  return Math.min(usualAnswerTokens, Math.floor(budgetOf(connection).contextTokens / 3))
}

/** What of a judge's window is left for what came before: without its answer, both takes, and what it is told to do. */
export function contextBudget(
  connection: Connection,
  takes: readonly Pick<Turn, 'raw'>[],
  catalogue: readonly Principle[],
): PromptBudget {
  const told = estimateTokens(judgePrompt({ context: [], candidates: ['', ''] }, { catalogue }))
  const shown = takes.reduce((sum, { raw }) => sum + estimateTokens(raw), 0)
  return { ...budgetOf(connection), replyTokens: answerTokensOf(connection) + told + shown }
}
