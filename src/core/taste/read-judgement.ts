import { readJsonAnswer } from '#core/teacher/read-json-answer.ts'
import { asRecord, asString, isRecord, type JsonRecord } from '#lib/json-value.ts'
import type { Comparison, First, Judgement, Verdict } from './preference.ts'

type Side = 'cand_1' | 'cand_2' | 'tie'

/** All that HER's reward looks for in an answer; the last one counts, since drafts come before it. */
const verdictOnly = /"better_response":\s*"(cand_[12]|tie)"/g

/**
 * Reads what a judge answered, whatever it is: the JSON with its wrapper or without, fenced or not, behind thinking, with
 * parts that are missing; of what is no JSON, the verdict alone where that can be found. Never throws.
 * @param first which of the two stood first, and so is `cand_1`.
 */
export function readJudgement(answer: string, first: First): Judgement {
  const nothing = { first, told: { a: '', b: '' }, comparisons: [], analysis: '', summary: '' } as const
  const inner = innerOf(answer)
  const side = inner && sideOf(inner['better_response'])
  if (inner && side) {
    const analysis = asRecord(inner['analysis'])
    return {
      first,
      verdict: verdictOf(side, first),
      read: 'whole',
      told: bySide([asText(inner['cand_1']), asText(inner['cand_2'])], first),
      comparisons: comparisonsOf(inner, first),
      analysis: asText(analysis?.['overall_analysis']),
      summary: asText(analysis?.['principle_summary']),
    }
  }
  const found = [...answer.matchAll(verdictOnly)].at(-1)?.[1]
  if (!found) return { ...nothing, read: 'nothing' }
  return { ...nothing, verdict: verdictOf(found as Side, first), read: 'verdict' }
}

/** The object that says which is better: alone (as the reward model was trained), or in `result` (as it is asked for). */
function innerOf(answer: string): JsonRecord | undefined {
  const read = readJsonAnswer(answer)
  if (!read.ok) return undefined
  const waiting: unknown[] = [read.value]
  for (let looked = 0; waiting.length > 0 && looked < mostLooked; looked += 1) {
    const value = waiting.shift()
    if (Array.isArray(value)) waiting.push(...value)
    else if (isRecord(value)) {
      if ('better_response' in value) return value
      waiting.push(...Object.values(value))
    }
  }
  return undefined
}

/** An answer that hides its verdict behind more than this is none. */
const mostLooked = 1000

function comparisonsOf(inner: JsonRecord, first: First): Comparison[] {
  const principles = recordsOf(Object.values(asRecord(inner['principle']) ?? {}))
  const list = asRecord(inner['analysis'])?.['principle_comparisons']
  const rows = recordsOf(Array.isArray(list) ? list : [])
  return rows.map((row, index) => {
    const name = asText(row['principle_name'])
    const principle = principles.find((one) => asText(one['principle_name']) === name) ?? principles[index]
    const level = asText(row['principle_level']) || asText(principle?.['principle_level'])
    return {
      name: name || asText(principle?.['principle_name']),
      dimension: asText(principle?.['dimension_name']),
      level: level === 'session' ? 'session' : 'sentence',
      definition: asText(principle?.['main_content']),
      chosenFor: asText(principle?.['reason_for_choosing']),
      ...bySide([asText(row['cand_1_performance']), asText(row['cand_2_performance'])], first),
      reason: asText(row['comparison_reason']),
      winner: verdictOf(sideOf(row['winner']) ?? 'tie', first),
    }
  })
}

/** `cand_1`, however a model writes it. */
function sideOf(value: unknown): Side | undefined {
  const words = asText(value).toLowerCase()
  if (/\btie\b|\bboth\b|\bequal\b|\bdraw\b/.test(words)) return 'tie'
  const numbers = new Set(words.match(/(?<!\d)[12](?!\d)/g))
  if (numbers.size !== 1) return undefined
  return numbers.has('1') ? 'cand_1' : 'cand_2'
}

function bySide([one, two]: readonly [string, string], first: First): { a: string; b: string } {
  return first === 'a' ? { a: one, b: two } : { a: two, b: one }
}

function verdictOf(side: Side, first: First): Verdict {
  if (side === 'tie') return 'tie'
  return (side === 'cand_1') === (first === 'a') ? 'a' : 'b'
}

function asText(value: unknown): string {
  return typeof value === 'number' ? String(value) : (asString(value) ?? '').trim()
}

function recordsOf(values: readonly unknown[]): JsonRecord[] {
  return values.flatMap((value): JsonRecord[] => (isRecord(value) ? [value] : []))
}
