import type { JsonRecord } from '#lib/json-value.ts'
import { randomOf } from '#lib/random.ts'
import { type JudgeCase, judgePrompt } from './judge-prompt.ts'
import { type PairRow, sideOf, writeJudge } from './pair-row.ts'
import type { First, Judgement, Preference, Verdict } from './preference.ts'

/** A pair with the words that settle it. */
export interface SettledPair {
  /** Tells the row from every other of the file. */
  readonly traceId: string
  /** With `a` as the first candidate. */
  readonly shown: JudgeCase
  /** Who decides: the reader where they said something, else a judge, else what they did. */
  readonly preference: Preference
  /** What a judge said of the same pair. */
  readonly judged?: Preference | undefined
}

export type RewardShape = 'rm_sft' | 'rm_rl' | 'roleplay_rl' | 'pairs'

/** Makes parquet, which HER's scripts read, of a file in one of the shapes. */
export function parquetCommand(shape: RewardShape): string {
  return `python -c "import pandas as p; p.read_json('${shape}.jsonl', lines=True).to_parquet('${shape}.parquet')"`
}

/** Why a pair gives no row in a shape. */
export type LeftOut = 'tie' | 'no comparisons' | 'judge disagrees'

export type RewardRows =
  | { readonly rows: readonly JsonRecord[] }
  | { readonly rows: readonly []; readonly leftOut: LeftOut }

/** The lines a pair gives in one of the shapes that HER's published training scripts read, or in our own (`pairs`). */
export function rewardRows(shape: RewardShape, pair: SettledPair): RewardRows {
  switch (shape) {
    case 'rm_sft':
      return rewardModelRows(pair)
    case 'rm_rl':
      return { rows: [rewardReinforcementRow(pair)] }
    case 'roleplay_rl':
      return pair.preference.verdict === 'tie'
        ? { rows: [], leftOut: 'tie' }
        : { rows: [rolePlayRow(pair, pair.preference.verdict)] }
    case 'pairs':
      return { rows: [{ ...pairRow(pair) }] }
  }
}

/**
 * What a reward model learns to say: both orders of a pair, so that its data is balanced by itself. Only a judge's words
 * that could be read, in which both orders say the same as the one who decides.
 */
function rewardModelRows({ traceId, shown, preference, judged }: SettledPair): RewardRows {
  if (judged?.by.kind !== 'judge') return { rows: [], leftOut: 'no comparisons' }
  const { orders, flag } = judged.by
  if (orders.some(({ comparisons }) => comparisons.length === 0)) return { rows: [], leftOut: 'no comparisons' }
  if (flag || judged.verdict !== preference.verdict) return { rows: [], leftOut: 'judge disagrees' }
  return {
    rows: orders.map((judgement) => ({
      trace_id: `${traceId}_${judgement.first}`,
      messages: [
        { role: 'user', content: judgePrompt(inOrder(shown, judgement.first)) },
        { role: 'assistant', content: `\`\`\`json\n${JSON.stringify(labelOf(judgement, shown), null, 2)}\n\`\`\`` },
      ],
      metadata: {
        better_response: sideInOrder(judgement.verdict ?? 'tie', judgement.first),
        num_principles: judgement.comparisons.length,
        source: sourceOf(preference),
      },
    })),
  }
}

/** HER's label is the inner object alone, though its prompt shows it in `result`. */
function labelOf({ first, told, comparisons, analysis, summary, verdict }: Judgement, shown: JudgeCase): JsonRecord {
  const [one, two] = first === 'a' ? (['a', 'b'] as const) : (['b', 'a'] as const)
  const text = (which: First) => told[which] || shown.candidates[which === 'a' ? 0 : 1]
  const principles = comparisons.map(({ name, dimension, level, definition, chosenFor }, index) => [
    `Principle ${index + 1}`,
    {
      principle_name: name,
      dimension_name: dimension,
      principle_level: level,
      main_content: definition,
      reason_for_choosing: chosenFor,
    },
  ])
  return {
    cand_1: text(one),
    cand_2: text(two),
    principle: Object.fromEntries(principles),
    analysis: {
      principle_comparisons: comparisons.map((comparison) => ({
        principle_name: comparison.name,
        principle_level: comparison.level,
        cand_1_performance: comparison[one],
        cand_2_performance: comparison[two],
        comparison_reason: comparison.reason,
        winner: sideInOrder(comparison.winner, first),
      })),
      overall_analysis: analysis,
      principle_summary: summary,
    },
    better_response: sideInOrder(verdict ?? 'tie', first),
  }
}

function rewardReinforcementRow({ traceId, shown, preference }: SettledPair): JsonRecord {
  const first = firstOf(traceId)
  const ordered = inOrder(shown, first)
  const better = sideInOrder(preference.verdict, first)
  const [cand_1, cand_2] = ordered.candidates
  return {
    data_source: 'v3_tx_sft/tx_rl4rm',
    prompt: [{ role: 'user', content: judgePrompt(ordered, { thinksFirst: true }) }],
    ability: 'roleplay',
    reward_model: { answer: better, problem: '', solution: better, style: 'rule' },
    extra_info: {
      trace_id: traceId,
      candidates: { cand_1, cand_2 },
      better_response: better,
      golden_type: '3',
      index: 0,
      source: sourceOf(preference),
    },
  }
}

function rolePlayRow({ traceId, shown, preference }: SettledPair, verdict: First): JsonRecord {
  const first = firstOf(traceId)
  const { context: prompt, candidates } = inOrder(shown, first)
  const [cand_1, cand_2] = candidates
  const better = sideInOrder(verdict, first)
  const answer = better === 'cand_1' ? cand_1 : cand_2
  const solution = { input: JSON.stringify(prompt), ref_answer: answer, golden_type: '3' }
  return {
    data_source: 'roleplay_rl',
    prompt,
    ability: 'roleplay',
    reward_model: { answer, solution: JSON.stringify(solution), style: 'rule' },
    extra_info: {
      raw_record: { trace_id: traceId, source: sourceOf(preference) },
      better_response: better,
      candidates: { cand_1, cand_2 },
      golden_type: '3',
      index: 0,
    },
  }
}

function pairRow({ traceId, shown, preference, judged }: SettledPair): PairRow {
  const [cand_1, cand_2] = shown.candidates
  return {
    trace_id: traceId,
    prompt: shown.context,
    cand_1,
    cand_2,
    better_response: sideOf[preference.verdict],
    ...(judged?.by.kind === 'judge' && { judge: writeJudge(judged.by) }),
    ...(preference.by.kind === 'human' && { human: sideOf[preference.verdict] }),
    ...(preference.by.kind === 'implicit' && { implicit: preference.by.from }),
    ...(preference.principles.length > 0 && { principles: preference.principles }),
  }
}

/** Which of the two stands first in a row: as chance has it, and the same whenever the row is made. */
function firstOf(traceId: string): First {
  return randomOf(`first ${traceId}`) < 0.5 ? 'a' : 'b'
}

function inOrder({ context, candidates: [a, b] }: JudgeCase, first: First): JudgeCase {
  return { context, candidates: first === 'a' ? [a, b] : [b, a] }
}

function sideInOrder(verdict: Verdict, first: First) {
  if (verdict === 'tie') return 'tie'
  return verdict === first ? 'cand_1' : 'cand_2'
}

/** Who says so; what nobody said is marked as such. */
function sourceOf({ by }: Preference): string {
  switch (by.kind) {
    case 'human':
      return 'human'
    case 'judge':
      return 'model_evaluation'
    case 'implicit':
      return `implicit_${by.from}`
  }
}
