import { comparePrompts, type PromptChanges } from '#core/prompt/compare-prompts.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import type { PromptMessage, Source } from '#core/prompt/prompt-message.ts'
import { tokensOf } from '#core/prompt/prompt-room.ts'
import type { Preview } from '#state/previews.ts'

/** A message with what it weighs, in tokens, and what became of it since the prompt before. */
export interface MeasuredMessage {
  readonly message: PromptMessage
  readonly tokens: number
  /** Undefined where there is no prompt to compare with. */
  readonly state: PromptChanges['states'][number] | undefined
}

/** What a request weighs, and how it differs from the one before. */
export interface Measured {
  readonly messages: readonly MeasuredMessage[]
  readonly tokens: number
  /** `tokens` is the server's own count. What is told of single messages and sources is an estimate all the same. */
  readonly isExact: boolean
  readonly tokensBySource: ReadonlyMap<Source, number>
  readonly changes: PromptChanges | undefined
  /** How much a server that keeps what it has read must read anew; undefined where nothing is known. */
  readonly rereadTokens: number | undefined
}

/** Weighs a request. With the server's count the estimates of its parts are brought to the same sum. */
export function measure({ prepared, before }: Preview, counted: number | undefined): Measured {
  const { connection, estimatedTokens, prompt } = prepared
  const scale = counted === undefined ? (connection.tokenFactor ?? 1) : counted / estimatedTokens
  const changes = before && comparePrompts(before.messages, prompt.messages)
  const tokensBySource = new Map<Source, number>()
  for (const { source, text } of prompt.messages.flatMap(({ pieces }) => pieces)) {
    tokensBySource.set(source, (tokensBySource.get(source) ?? 0) + estimateTokens(text) * scale)
  }
  const weigh = (message: Pick<PromptMessage, 'content'>) => (tokensOf([message]) - tokensOf([])) * scale
  return {
    messages: prompt.messages.map((message, index) => ({
      message,
      tokens: Math.round(weigh(message)),
      state: changes?.states[index],
    })),
    tokens: counted ?? Math.ceil(estimatedTokens * scale),
    isExact: counted !== undefined,
    tokensBySource,
    changes,
    rereadTokens: changes && rereadOf(changes, prompt.messages, weigh),
  }
}

function rereadOf(
  { states, firstChange }: PromptChanges,
  messages: readonly PromptMessage[],
  weigh: (message: Pick<PromptMessage, 'content'>) => number,
): number {
  const first = firstChange?.message ?? states.findIndex((state) => state !== 'same')
  if (first < 0) return 0
  const anew = messages.slice(first).map((message, index) => {
    const offset = index === 0 ? (firstChange?.offset ?? 0) : 0
    return weigh({ content: message.content.slice(offset) })
  })
  return Math.round(anew.reduce((sum, tokens) => sum + tokens, 0))
}
