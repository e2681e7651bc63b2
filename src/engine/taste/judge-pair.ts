import type { Sampling } from '#core/connection.ts'
import { type JudgeCase, judgePrompt } from '#core/taste/judge-prompt.ts'
import type { First, Judgement, PreferredBy, Verdict } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { readJudgement } from '#core/taste/read-judgement.ts'
import { settle } from '#core/taste/settle.ts'
import type { Calls } from '#engine/calls/create-calls.ts'
import type { ModelRequest } from '#ports/model.ts'

/** Room for thinking and for five principles. */
export const usualAnswerTokens = 4096
/** No chance, as HER's own judges have it. */
const sure = { temperature: 0, topP: 1 }
/** What is asked again is asked with some chance, or it would be answered the same. */
const unsure = { temperature: 0.7, topP: 0.9 }

export interface Judging {
  readonly ask: Calls['ask']
  /** The judge's model, as it is told in what it said. */
  readonly model: string
  readonly catalogue?: readonly Principle[] | undefined
  /** What an answer may take; as much as is usual, where nothing is said. */
  readonly answerTokens?: number
  readonly signal: AbortSignal
}

/** What a judge made of a pair. */
export interface Judged {
  readonly verdict: Verdict
  readonly by: Extract<PreferredBy, { kind: 'judge' }>
}

/**
 * Has a judge compare two takes in both orders. An answer that can't be read is asked for once more; what the calls knew
 * already is asked of nobody.
 * @param key says which pair of the job it is.
 */
export async function judgePair(judging: Judging, key: string, shown: JudgeCase): Promise<Judged> {
  const orders = await Promise.all([
    judgeOrder(judging, key, shown, 'a'),
    judgeOrder(judging, key, shown, 'b'),
  ] as const)
  const { verdict, flag } = settle(orders)
  const hadCatalogue = (judging.catalogue?.length ?? 0) > 0
  return { verdict, by: { kind: 'judge', model: judging.model, hadCatalogue, orders, ...(flag && { flag }) } }
}

async function judgeOrder(judging: Judging, key: string, shown: JudgeCase, first: First): Promise<Judgement> {
  const ask = async (step: string, chance: Omit<Sampling, 'maxTokens'>) => {
    const sampling = { ...chance, maxTokens: judging.answerTokens ?? usualAnswerTokens }
    const outcome = await judging.ask(step, judgeRequest(shown, first, judging.catalogue, sampling), judging.signal)
    return readJudgement(outcome.kind === 'answered' ? outcome.text : '', first)
  }
  const judgement = await ask(`${key}/${first}`, sure)
  if (judgement.read === 'whole') return judgement
  const again = await ask(`${key}/${first}/again`, unsure)
  return again.read === 'nothing' ? judgement : again
}

/** What a judge is sent for one order. */
function judgeRequest(
  { context, candidates }: JudgeCase,
  first: First,
  catalogue: readonly Principle[] | undefined,
  sampling: Sampling,
): ModelRequest {
  const [a, b] = candidates
  const ordered: JudgeCase = { context, candidates: first === 'a' ? [a, b] : [b, a] }
  return { messages: [{ role: 'user', content: judgePrompt(ordered, { catalogue }) }], sampling, stop: [] }
}
