import { canContinue } from '#core/connection.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { tellToGoOn } from '#core/prompt/tell-to-go-on.ts'
import { userName } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { playerId, swapRoles } from '#core/scene/swap-roles.ts'
import type { StoragePort } from '#ports/storage.ts'
import { type PreparedReply, planningOpener, prepareReply, readParts } from './prepare-reply.ts'

const thoughtOpener = '<role_thinking>'

/** A thought is a few sentences. */
const mostThoughtTokens = 300

/** As much of a story as it takes to say the next thing in it. */
const heardTurns = 60

/** The reader's next turn, asked of the same model, from a prompt that knows only what was said and done. */
export async function preparePlayerTurn(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
): Promise<PreparedReply> {
  const { cast, connection, budget } = await readParts(storage, conversation)
  const swapped = swapRoles(path.slice(-heardTurns), cast, conversation.characterId)
  const prompt = buildPrompt({
    character: playerId,
    cast: swapped.cast,
    heard: hear(swapped.path, playerId, swapped.cast),
    budget,
  })
  const name = userName(cast)
  const prefill = canContinue(connection) ? 'planning' : 'none'
  return {
    connection,
    request: {
      messages: prompt.messages,
      ...(prefill === 'planning' && { prefill: planningOpener }),
      sampling: connection.sampling,
      stop: chatMlStops,
    },
    prefill,
    reader: { speaker: name, aliases: [name], others: prompt.others },
    droppedTurns: prompt.dropped.turns,
  }
}

/** The character's next thought and nothing else: the reply is begun with it, and stopped at its end. */
export async function prepareMirror(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
): Promise<{ prepared: PreparedReply; opening: string }> {
  const reply = await prepareReply(storage, conversation, path)
  const { sampling } = reply.request
  const { prefill: _prefill, ...request } = reply.request
  const canGoOn = canContinue(reply.connection)
  const prepared: PreparedReply = {
    ...reply,
    prefill: canGoOn ? 'begun' : 'told',
    request: {
      ...request,
      messages: canGoOn ? request.messages : tellToGoOn(request.messages, thoughtOpener),
      ...(canGoOn && { prefill: thoughtOpener }),
      sampling: { ...sampling, maxTokens: Math.min(sampling.maxTokens, mostThoughtTokens) },
      stop: [...chatMlStops, '</role_thinking>'],
    },
  }
  return { prepared, opening: thoughtOpener }
}
