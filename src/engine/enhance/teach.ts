import type { CallOutcome } from '#core/call-outcome.ts'
import { describeModelError } from '#core/describe-model-error.ts'
import type { CharacterId } from '#core/ids.ts'
import { sealPrompt } from '#core/prompt/prompt-seal.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import type { EnhanceStory } from '#core/training/enhance/part.ts'
import type { TeacherAnswer, TeacherRequest } from '#core/training/enhance/teacher-request.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { ModelRequest } from '#ports/model.ts'

/** How a teacher is asked: `createCalls` answers from its journal what was answered before. */
export type Ask = (key: string, request: ModelRequest, signal: AbortSignal) => Promise<CallOutcome>

export interface Teaching {
  readonly ask: Ask
  readonly signal: AbortSignal
  /** Most tokens an answer may have, where the teacher's window is known to be small. */
  readonly mostTokens?: number
}

/**
 * Asks a teacher in the name of one character (or of all who are there). Each request is looked through once more before
 * it leaves; one that holds what that character can't know stays here.
 */
export async function teach(
  { ask, signal, mostTokens = Number.POSITIVE_INFINITY }: Teaching,
  key: string,
  { path, cast }: EnhanceStory,
  reader: CharacterId | undefined,
  { messages, temperature, topP, maxTokens }: TeacherRequest,
): Promise<Result<TeacherAnswer, string>> {
  const knower =
    reader === undefined
      ? ({ kind: 'common', ids: cast.characters.map(({ id }) => id) } as const)
      : ({ kind: 'character', id: reader } as const)
  const { leaks } = sealPrompt({ payload: { messages }, path, knower, cast })
  if (leaks.length > 0) {
    return err(t('The teacher was not asked: the request held words that this character can’t know.'))
  }
  const sampling = { temperature, topP, maxTokens: Math.min(maxTokens, mostTokens) }
  const outcome = await ask(key, { messages, sampling, stop: chatMlStops }, signal)
  if (outcome.kind === 'failed') return err(describeModelError(outcome.error).sentence)
  return ok({ text: outcome.text, reasoning: outcome.reasoning })
}
