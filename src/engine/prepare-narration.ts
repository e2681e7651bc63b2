import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { tokensOf } from '#core/prompt/build-prompt.ts'
import { buildEnvironmentPrompt } from '#core/prompt/environment-prompt.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { tellToGoOn } from '#core/prompt/tell-to-go-on.ts'
import { environmentName, memberOf } from '#core/scene/cast.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { hearInCommon } from '#core/scene/hearing.ts'
import { presentAfter } from '#core/scene/presence.ts'
import type { StoragePort } from '#ports/storage.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { readPlayers } from './read-cast.ts'
import {
  activeConnection,
  type BegunText,
  budgetOf,
  choosePrefill,
  planningOpener,
  samplingWithin,
} from './reply-basis.ts'

/** Reads what a turn of the environment depends on, and builds its prompt of what everybody present perceived. */
export async function prepareNarration(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  begun?: BegunText,
): Promise<PreparedReply> {
  const [{ cast }, connection] = await Promise.all([readPlayers(storage, conversation), activeConnection(storage)])
  const { note } = conversation
  const budget = budgetOf(connection)
  const ids = presentAfter(path, castIdsOf(conversation))
  const prompt = buildEnvironmentPrompt({
    cast,
    present: ids.flatMap((id) => memberOf(id, cast) ?? []),
    heard: hearInCommon(path, ids, cast),
    ...(note && { note }),
    budget,
  })
  const prefill = choosePrefill(connection, begun)
  const opening = { planning: planningOpener, begun: begun?.raw ?? '', told: '', none: '' }[prefill]
  const told = prefill === 'told' && begun ? tellToGoOn(prompt.messages, begun.raw) : undefined
  const keepsOthers = connection.prompt?.keepsOthers
  const stopAfterPlanning = keepsOthers ? chatMlStops : prompt.stop
  return {
    speaker: { kind: 'environment' },
    connection,
    request: {
      messages: told ?? prompt.messages,
      ...(opening !== '' && { prefill: opening }),
      sampling: samplingWithin(connection, budget),
      stop: prefill === 'begun' || prefill === 'told' ? stopAfterPlanning : chatMlStops,
    },
    prefill,
    reader: { speaker: environmentName, aliases: [environmentName], others: keepsOthers ? [] : prompt.others },
    droppedTurns: prompt.dropped.turns,
    rememberedTurns: 0,
    prompt,
    estimatedTokens: (told ? tokensOf(told) : prompt.estimated) + estimateTokens(opening),
    contextTokens: budget.contextTokens,
    ...(note && { note }),
    stopAfterPlanning,
  }
}
