import { asRecord, asString, isRecord, type JsonRecord } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { ContextMessage, JudgeCase } from './judge-prompt.ts'
import type { Judgement, PreferredBy, Verdict } from './preference.ts'
import { contextWithoutPlanning, withoutPlanning } from './without-planning.ts'

/** How a file names a verdict. */
type Side = 'cand_1' | 'cand_2' | 'tie'

export const sideOf: Readonly<Record<Verdict, Side>> = { a: 'cand_1', b: 'cand_2', tie: 'tie' }

/** A pair as a line of a file: what `her judge` reads, and what it writes with the judge's word in it. Ours; HER has none. */
export interface PairRow {
  readonly trace_id?: string
  readonly prompt: readonly ContextMessage[]
  readonly cand_1: string
  readonly cand_2: string
  readonly better_response?: Side
  readonly judge?: JsonRecord
  readonly human?: Side
}

export interface NoPair {
  readonly sentence: string
}

/** Reads one line. What else is in it is kept beside it. */
export function readPairRow(line: string): Result<{ readonly row: PairRow; readonly rest: JsonRecord }, NoPair> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return err({ sentence: t('This is no JSON.') })
  }
  const fields = asRecord(value)
  const prompt = readMessages(fields?.['prompt'] ?? fields?.['messages'])
  const one = asString(fields?.['cand_1'])
  const two = asString(fields?.['cand_2'])
  if (!fields || !prompt || one === undefined || two === undefined) {
    return err({ sentence: t('A pair has a prompt (messages), cand_1 and cand_2.') })
  }
  const traceId = asString(fields['trace_id'])
  const human = readSide(fields['human'])
  const better = readSide(fields['better_response'])
  const row = {
    ...(traceId !== undefined && { trace_id: traceId }),
    prompt,
    cand_1: one,
    cand_2: two,
    ...(better && { better_response: better }),
    ...(human && { human }),
  }
  return ok({ row, rest: fields })
}

/** The pair as a judge is shown it, with `cand_1` as `a`: whatever was planned is taken out. */
export function judgeCaseOfRow({ prompt, cand_1, cand_2 }: PairRow): JudgeCase {
  return { context: contextWithoutPlanning(prompt), candidates: [withoutPlanning(cand_1), withoutPlanning(cand_2)] }
}

/** What a file says of a judge: its model, what both orders said, and whether they said the same. */
export function writeJudge({ model, orders, flag, hadCatalogue }: Extract<PreferredBy, { kind: 'judge' }>): JsonRecord {
  return {
    model,
    order: 'both',
    conflict: flag === 'position_conflict',
    ...(flag && { flag }),
    catalogue: hadCatalogue,
    judgements: orders.map(writeJudgement),
  }
}

function writeJudgement({ first, verdict, read, comparisons, analysis, summary }: Judgement): JsonRecord {
  return {
    first: sideOf[first],
    better_response: verdict ? sideOf[verdict] : null,
    read,
    principle_comparisons: comparisons.map(({ name, dimension, level, definition, reason, winner, a, b }) => ({
      principle_name: name,
      dimension_name: dimension,
      principle_level: level,
      main_content: definition,
      cand_1_performance: a,
      cand_2_performance: b,
      comparison_reason: reason,
      winner: sideOf[winner],
    })),
    overall_analysis: analysis,
    principle_summary: summary,
  }
}

function readMessages(value: unknown): ContextMessage[] | undefined {
  if (typeof value === 'string') return [{ role: 'user', content: value }]
  if (!Array.isArray(value)) return undefined
  const messages: ContextMessage[] = []
  for (const item of value as unknown[]) {
    if (!isRecord(item)) return undefined
    const { role, content } = item
    if (role !== 'system' && role !== 'user' && role !== 'assistant') return undefined
    if (typeof content !== 'string') return undefined
    messages.push({ role, content })
  }
  return messages
}

function readSide(value: unknown): Side | undefined {
  return value === 'cand_1' || value === 'cand_2' || value === 'tie' ? value : undefined
}
