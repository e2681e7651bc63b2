import { canContinue } from '#core/connection.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { tellToGoOn } from '#core/prompt/tell-to-go-on.ts'
import { userName } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { swapRoles } from '#core/scene/swap-roles.ts'
import type { StoragePort } from '#ports/storage.ts'
import { prepareReply, readParts } from './prepare-reply.ts'
import type { Answerer, PreparedReply } from './prepared-reply.ts'
import { activeConnection, budgetOf, planningOpener } from './reply-basis.ts'

/** What an aside asks, and how its answer is read. */
export type PreparedAside = Pick<PreparedReply, 'connection' | 'request' | 'sealing' | 'prefill' | 'reader'>

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
): Promise<PreparedAside> {
  const { cast, connection, budget } = await readReadersPart(storage, conversation, path)
  const newest = path.slice(-heardTurns)
  const swapped = swapRoles(newest, cast, conversation.characterId)
  const prompt = buildPrompt({
    character: swapped.player,
    cast: swapped.cast,
    heard: hear(swapped.path, swapped.player, swapped.cast),
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
    sealing: { path: newest, knower: { kind: 'player' }, cast },
    prefill,
    reader: { speaker: name, aliases: [name], others: prompt.others },
  }
}

/**
 * Who writes for the reader: the model of the character they play, else, in a scene, the one in use, which is no
 * character's own and so may be told all that the reader saw; in a chat with one character that one's.
 */
async function readReadersPart(storage: StoragePort, conversation: Conversation, path: readonly Turn[]) {
  const { cast, connection, budget } = await readParts(storage, conversation, path, conversation.userPlays)
  if (!conversation.cast || conversation.userPlays) return { cast, connection, budget }
  const inUse = await activeConnection(storage)
  return { cast, connection: inUse, budget: budgetOf(inUse) }
}

/** The character's next thought and nothing else: the reply is begun with it, and stopped at its end. */
export async function prepareMirror(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  speaker?: Answerer,
): Promise<{ prepared: PreparedAside; opening: string }> {
  const asking = await prepareReply(storage, conversation, path, { speaker })
  const { connection, reader, prompt, sealing, request: asked } = asking
  const { prefill: _prefill, ...request } = asked
  const canGoOn = canContinue(connection)
  const prepared: PreparedAside = {
    connection,
    reader,
    sealing,
    prefill: canGoOn ? 'begun' : 'told',
    request: {
      ...request,
      messages: canGoOn ? request.messages : tellToGoOn(prompt.messages, thoughtOpener),
      ...(canGoOn && { prefill: thoughtOpener }),
      sampling: { ...request.sampling, maxTokens: Math.min(request.sampling.maxTokens, mostThoughtTokens) },
      stop: [...chatMlStops, '</role_thinking>'],
    },
  }
  return { prepared, opening: thoughtOpener }
}
