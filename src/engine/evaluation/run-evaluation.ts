import { type ActingCall, act, type PlayedLine } from '#core/coser/acting.ts'
import { type CaseResult, readCaseResult, resultKey } from '#core/coser/case-result.ts'
import type { EvaluationCase } from '#core/coser/evaluation-case.ts'
import { type JudgedTexts, judgedTexts, judgePrompt } from '#core/coser/judge-prompt.ts'
import type { CallSetting } from '#core/coser/preset.ts'
import { readJudgement } from '#core/coser/read-judgement.ts'
import { type Dimension, dimensions } from '#core/coser/rubric.ts'
import { presetOf, type RunHeader, type RunPart } from '#core/coser/run-header.ts'
import { caseScore, type DimensionResult, dimensionScore } from '#core/coser/score.ts'
import { bleu, rougeL } from '#core/coser/text-overlap.ts'
import type { JsonValue } from '#core/job.ts'
import type { Calls } from '#engine/calls/create-calls.ts'
import { inParallel } from '#lib/in-parallel.ts'
import type { Journal } from '#ports/journal.ts'

/** What happens in a run, as it happens; what is gone through again from the journal is told again. */
export type RunEvent =
  | { readonly type: 'case-start'; readonly id: string }
  | { readonly type: 'line'; readonly id: string; readonly line: PlayedLine }
  | { readonly type: 'judged'; readonly id: string; readonly dimension: Dimension; readonly result: DimensionResult }
  | { readonly type: 'case-end'; readonly id: string; readonly result: CaseResult }

interface Running {
  readonly run: RunHeader
  readonly cases: readonly EvaluationCase[]
  /** Who is asked in each part; two parts may share one. */
  readonly calls: Readonly<Record<RunPart, Pick<Calls, 'ask'>>>
  readonly journal: Journal
  /** Cases that are played at once. */
  readonly atOnce: number
  readonly signal: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

/**
 * Plays and judges the cases of a run. All it decides follows from the run and the answers, so that begun again with its
 * journal it goes through what is known and on from there. Rejects when it is stopped, or when a call can't be made
 * until somebody has seen to it; what is in the journal stays.
 */
export async function runEvaluation(running: Running): Promise<void> {
  const { cases, atOnce, signal } = running
  await inParallel(cases, atOnce, (test) => runCase(test, running), signal)
  signal.throwIfAborted()
}

async function runCase(test: EvaluationCase, running: Running): Promise<void> {
  const { journal, onEvent } = running
  onEvent?.({ type: 'case-start', id: test.id })
  const known = readCaseResult(journal.get(resultKey(test.id)))
  const result = known ?? (await playAndJudge(test, running))
  if (!known) await journal.append(resultKey(test.id), result as unknown as JsonValue)
  onEvent?.({ type: 'case-end', id: test.id, result })
}

async function playAndJudge(test: EvaluationCase, running: Running): Promise<CaseResult> {
  const { run, onEvent } = running
  const lines = await play(test, running)
  const texts = judgedTexts(test, lines, presetOf(run), run.continueFrom)
  const judged = await Promise.all(
    dimensions.map(async (dimension) => {
      const result = await judge(test, texts, dimension, running)
      onEvent?.({ type: 'judged', id: test.id, dimension, result })
      return [dimension, result] as const
    }),
  )
  const judgements = Object.fromEntries(judged) as Record<Dimension, DimensionResult>
  const score = caseScore(judgements)
  return {
    lines,
    actorRounds: texts.actorRounds,
    judgements,
    ...(score !== undefined && { score }),
    bleu: bleu(texts.original, texts.played),
    rougeL: rougeL(texts.original, texts.played),
  }
}

async function play(test: EvaluationCase, running: Running): Promise<PlayedLine[]> {
  const { run, calls, signal, onEvent } = running
  const preset = presetOf(run)
  const acting = act(test, {
    preset,
    rounds: run.rounds,
    continueFrom: run.continueFrom,
    choosesByChance: run.choosing === 'chance',
    seed: run.seed,
    onLine: (line) => onEvent?.({ type: 'line', id: test.id, line }),
  })
  let step = acting.next()
  while (!step.done) {
    const { part, messages } = step.value
    const outcome = await calls[part].ask(actingKey(test.id, step.value), request(messages, preset.actor), signal)
    step = acting.next(outcome.kind === 'answered' ? outcome.text : undefined)
  }
  return step.value
}

/** Where in a journal the answer to a call of a play stands. */
export function actingKey(id: string, { round, part }: Pick<ActingCall, 'round' | 'part'>): string {
  return `${id}/${round}/${part}`
}

async function judge(
  test: EvaluationCase,
  texts: JudgedTexts,
  dimension: Dimension,
  { run, calls, signal }: Running,
): Promise<DimensionResult> {
  const preset = presetOf(run)
  const messages = judgePrompt(test, texts, dimension, preset, run.continueFrom)
  const mostTries = preset.unreadable.kind === 'retry' ? preset.unreadable.times + 1 : 1
  let asked = 0
  let state: 'unreadable' | 'unanswered' = 'unanswered'
  while (asked < mostTries) {
    asked += 1
    const key = `${test.id}/judge/${dimension}${asked > 1 ? `/${asked}` : ''}`
    // The same question at temperature 0 has the same answer.
    const setting = asked > 1 ? { ...preset.judge, temperature: 1 } : preset.judge
    const outcome = await calls.judge.ask(key, request(messages, setting), signal)
    if (outcome.kind === 'failed') break
    const flaws = readJudgement(outcome.text, dimension)
    if (flaws) return { state: 'judged', flaws, score: dimensionScore(flaws, texts.actorRounds, preset), asked }
    state = 'unreadable'
  }
  const rule = preset[state]
  return { state, flaws: [], ...(rule.kind === 'score' && { score: rule.score }), asked }
}

function request(messages: ActingCall['messages'], { temperature, maxTokens }: CallSetting) {
  return { messages, sampling: { temperature, topP: 1, maxTokens }, stop: [] }
}
