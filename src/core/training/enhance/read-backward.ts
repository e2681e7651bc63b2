import { parseReply } from '#core/her/parse.ts'
import { readJsonAnswer } from '#core/teacher/read-json-answer.ts'
import { asRecord, asString } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'

/** A plan as a teacher wrote it. */
export interface RevisedPlan {
  readonly text: string
  readonly notes: string
}

/** The plans of an answer by `dialogue_index`; indices nobody asked for, and plans with no words, are left out. */
export function readBackward(
  answer: string,
  places: readonly number[],
): Result<ReadonlyMap<number, RevisedPlan>, { readonly sentence: string }> {
  const read = readJsonAnswer(answer)
  if (!read.ok) return read
  const list = listIn(read.value)
  if (!list) return err({ sentence: t('The answer has no list of plans.') })
  const wanted = new Set(places)
  const plans = new Map<number, RevisedPlan>()
  for (const entry of list.map(asRecord)) {
    const given = entry?.['dialogue_index']
    const place = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
    const text = plainPlan(asString(entry?.['revised_sys_thinking']) ?? '')
    if (typeof place !== 'number' || !wanted.has(place) || plans.has(place) || text === '') continue
    plans.set(place, { text, notes: asString(entry?.['revision_notes']) ?? '' })
  }
  return ok(plans)
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  const record = asRecord(value)
  if (!record) return undefined
  return 'dialogue_index' in record ? [record] : Object.values(record).find((held) => Array.isArray(held))
}

/** Its words: a tag in a plan would end it early. */
function plainPlan(text: string): string {
  if (!text.includes('<')) return text.trim()
  return parseReply(
    `<system_thinking>${text.replace(/<\s*\/?\s*system[_\s-]?think(?:ing)?\s*>/gi, '')}</system_thinking>`,
  )
    .segments.map((segment) => segment.text.trim())
    .join(' ')
    .trim()
}
