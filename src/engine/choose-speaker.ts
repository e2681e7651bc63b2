import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { buildNextSpeakerPrompt } from '#core/prompt/next-speaker-prompt.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { memberOf } from '#core/scene/cast.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { hearInCommon } from '#core/scene/hearing.ts'
import { type Choosing, candidatesOf, type Moment, nextBy } from '#core/scene/next-speaker.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { type Choice, readNextSpeaker } from '#core/scene/read-next-speaker.ts'
import { recallShared } from '#core/scene/remembering.ts'
import { ModelFailure } from '#ports/model.ts'
import { environmentConnection } from './bound-connection.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { joinedText } from './joined-text.ts'
import { seedOf } from './prepare-reply.ts'
import { readCast } from './read-cast.ts'
import { activeConnection, budgetOf } from './reply-basis.ts'
import { sendSealed } from './send-sealed.ts'

/** The answer is one line, but HER models plan whatever they are asked. */
const answerTokens = 1024

/** A choice, not invention. */
const mostTemperature = 0.3

/** Who is to speak next in a scene. A model that fails or talks nonsense leaves it to who was spoken to. */
export async function chooseSpeaker(
  { storage, openModel }: Pick<ChatDependencies, 'storage' | 'openModel'>,
  conversation: Conversation,
  path: readonly Turn[],
  choosing: Choosing,
  signal: AbortSignal,
): Promise<Choice | { readonly kind: 'nobody' }> {
  const cast = await readCast(storage, conversation)
  if (!cast) return { kind: 'nobody' }
  const ids = presentAfter(path, castIdsOf(conversation))
  const moment: Moment = { cast, path, present: ids }
  const told = choosing === 'model' ? await askModel() : undefined
  if (told) return told
  const characterId = nextBy(choosing, moment, seedOf(path))
  return characterId ? { kind: 'character', characterId } : { kind: 'nobody' }

  async function askModel(): Promise<Choice | undefined> {
    const candidates = candidatesOf(moment)
    // Who knows what all know is asked who is next: no character's own model is told what another's is not.
    const { connection } = await environmentConnection(storage, await activeConnection(storage), conversation)
    // The demo has lines for its characters and for nobody who directs them.
    if (connection.kind === 'demo' || candidates.length === 0) return undefined
    const { contextTokens } = budgetOf(connection)
    const memory = recallShared(await storage.get('memories', conversation.id), path, ids)
    const messages = buildNextSpeakerPrompt({
      cast: moment.cast,
      present: ids.flatMap((id) => memberOf(id, moment.cast) ?? []),
      heard: hearInCommon(path, ids, moment.cast),
      candidates,
      ...(memory && { memory }),
      room: Math.floor(contextTokens / 2),
    })
    const { sampling } = connection
    const maxTokens = Math.min(answerTokens, Math.floor(contextTokens / 4))
    const temperature = Math.min(mostTemperature, sampling.temperature)
    try {
      const model = await openModel(connection)
      const sealing = { path, knower: { kind: 'common', ids }, cast: moment.cast } as const
      const request = { messages, sampling: { ...sampling, temperature, maxTokens }, stop: chatMlStops }
      const { text } = await joinedText(sendSealed(model, { request, sealing }, signal))
      const choice = readNextSpeaker(text, candidates)
      // Nobody speaks twice running, the environment neither.
      return choice?.kind === 'environment' && path.at(-1)?.speaker.kind === 'environment' ? undefined : choice
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error
      return undefined
    }
  }
}
