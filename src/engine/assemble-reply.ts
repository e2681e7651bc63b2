import { type Connection, canContinue } from '#core/connection.ts'
import type { Prompt } from '#core/prompt/build-prompt.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { type PromptBudget, tokensOf } from '#core/prompt/prompt-room.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { tellToGoOn } from '#core/prompt/tell-to-go-on.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { type BegunText, type Prefill, planningOpener } from './reply-basis.ts'
import type { Sealing } from './send-sealed.ts'

interface Parts extends Pick<PreparedReply, 'speaker' | 'fellBack' | 'note' | 'lore'> {
  readonly sealing: Omit<Sealing, 'begun'>
  readonly connection: Connection
  readonly budget: PromptBudget
  readonly prompt: Prompt
  readonly prefill: Prefill
  readonly begun: BegunText | undefined
  /** What the one who answers may be called, the spoken name first. */
  readonly names: readonly string[]
}

/** A prompt with all that its request and the reading of its reply need beside it. */
export function assembleReply({
  sealing,
  connection,
  budget,
  prompt,
  prefill,
  begun,
  names,
  ...rest
}: Parts): PreparedReply {
  const opening = { planning: planningOpener, begun: begun?.raw ?? '', told: '', none: '' }[prefill]
  const told = prefill === 'told' && begun ? tellToGoOn(prompt.messages, begun.raw) : undefined
  const keepsOthers = connection.prompt?.keepsOthers
  const stopAfterPlanning = keepsOthers ? chatMlStops : prompt.stop
  return {
    ...rest,
    connection,
    request: {
      messages: told ?? prompt.messages,
      ...(opening !== '' && { prefill: opening }),
      sampling: samplingWithin(connection, budget),
      // While a reply plans, a line that begins with another's name is no turn of theirs; the reader of the reply cuts
      // those that are.
      stop: prefill === 'begun' || prefill === 'told' ? stopAfterPlanning : chatMlStops,
    },
    sealing: { ...sealing, begun: begun?.raw },
    prefill,
    reader: { speaker: names[0] ?? '', aliases: names, others: keepsOthers ? [] : prompt.others },
    droppedTurns: prompt.dropped.turns,
    rememberedTurns: prompt.remembered?.turns ?? 0,
    prompt,
    estimatedTokens: (told ? tokensOf(told) : prompt.estimated) + estimateTokens(opening),
    contextTokens: budget.contextTokens,
    stopAfterPlanning,
  }
}

/** Sampling with as long a reply as the window has room for, where its length is known. */
function samplingWithin({ capabilities, sampling }: Connection, { replyTokens }: PromptBudget) {
  return capabilities.contextTokens === undefined ? sampling : { ...sampling, maxTokens: replyTokens }
}

/** How a reply begins, by what its server can do. */
export function choosePrefill(connection: Connection, begun: BegunText | undefined): Prefill {
  if (canContinue(connection)) return begun ? 'begun' : 'planning'
  return begun?.mayBeTold ? 'told' : 'none'
}
