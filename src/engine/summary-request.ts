import type { Connection } from '#core/connection.ts'
import { type PromptBudget, roomIn } from '#core/prompt/prompt-room.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { buildSummaryPrompt, type SummaryInput } from '#core/prompt/summary-prompt.ts'
import type { KnownMemory } from '#core/scene/remembering.ts'
import type { ModelRequest } from '#ports/model.ts'

interface Asked extends Pick<SummaryInput, 'character' | 'cast' | 'heard' | 'through'> {
  readonly connection: Connection
  readonly budget: PromptBudget
  readonly before: KnownMemory | undefined
}

/** A summary takes a tenth of the window, within these bounds in tokens. */
const leastSummary = 150
const mostSummary = 800

/** HER models plan before whatever they say. */
const planningTokens = 1024

/** Facts are wanted, not invention. */
const mostTemperature = 0.4

/** The request for a summary, as much of it as the window has room for, and for how many turns it will stand. */
export function summaryRequest({ character, cast, heard, before, through, connection, budget }: Asked): {
  request: ModelRequest
  turns: number
  isEmpty: boolean
} {
  const { contextTokens } = budget
  const summaryTokens = Math.min(mostSummary, Math.max(leastSummary, Math.floor(contextTokens / 10)))
  const maxTokens = Math.min(summaryTokens + planningTokens, Math.max(summaryTokens, Math.floor(contextTokens / 3)))
  const { messages, turns, isEmpty } = buildSummaryPrompt({
    character,
    cast,
    heard,
    ...(before && { before }),
    through,
    ...(connection.prompt?.history && { history: connection.prompt.history }),
    summaryTokens,
    room: roomIn({ ...budget, replyTokens: maxTokens }),
  })
  const { sampling } = connection
  return {
    request: {
      messages,
      sampling: { ...sampling, temperature: Math.min(mostTemperature, sampling.temperature), maxTokens },
      stop: chatMlStops,
    },
    turns,
    isEmpty,
  }
}
