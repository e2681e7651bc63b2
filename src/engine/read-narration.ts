import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { buildEnvironmentPrompt } from '#core/prompt/environment-prompt.ts'
import { environmentName, memberOf } from '#core/scene/cast.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { hearInCommon } from '#core/scene/hearing.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { recallShared } from '#core/scene/remembering.ts'
import type { StoragePort } from '#ports/storage.ts'
import { assembleReply, choosePrefill } from './assemble-reply.ts'
import { environmentConnection } from './bound-connection.ts'
import type { Answerer, ReplyWish, UnbuiltReply } from './prepared-reply.ts'
import { readPlayers } from './read-cast.ts'
import { activeConnection, budgetOf, withShare } from './reply-basis.ts'

/** Reads what a turn of the environment depends on; its prompt will be of what everybody present perceived. */
export async function readNarration(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  { begun, share = 1 }: Pick<ReplyWish, 'begun' | 'share'> = {},
): Promise<UnbuiltReply> {
  const [{ cast }, inUse, memories] = await Promise.all([
    readPlayers(storage, conversation),
    activeConnection(storage),
    storage.get('memories', conversation.id),
  ])
  const { connection, isLost } = await environmentConnection(storage, inUse, conversation)
  const speaker: Answerer = { kind: 'environment' }
  const prefill = choosePrefill(connection, begun)
  return {
    speaker,
    prefill,
    prepare: () => {
      const { note, scenario } = conversation
      const budget = budgetOf(connection)
      const ids = presentAfter(path, castIdsOf(conversation))
      const memory = recallShared(memories, path, ids)
      const prompt = buildEnvironmentPrompt({
        cast,
        present: ids.flatMap((id) => memberOf(id, cast) ?? []),
        heard: hearInCommon(path, ids, cast),
        ...(scenario && { scenario }),
        ...(note && { note }),
        ...(memory && { memory }),
        budget: withShare(budget, share),
      })
      return assembleReply({
        speaker,
        sealing: { path, knower: { kind: 'common', ids }, cast },
        connection,
        ...(isLost && { fellBack: true }),
        budget,
        prompt,
        prefill,
        begun,
        names: [environmentName],
        ...(note && { note }),
      })
    },
  }
}
