import { fold } from '#core/search/fold.ts'
import { readJsonAnswer } from '#core/teacher/read-json-answer.ts'
import { asString, isRecord } from '#lib/json-value.ts'
import type { Dimension } from './rubric.ts'

/** A flaw as a judge named it. */
export interface Flaw {
  /** What it is about, and why. */
  readonly instance: string
  readonly type: string
  /** As the judge gave it; undefined where it gave none or no number. */
  readonly severity?: number
}

/**
 * Reads a judge's flaws in one dimension, from JSON that need not be in order. An answer that breaks off is not made
 * whole: the flaws that are missing would be points. Undefined where nothing of the shape is in it.
 */
export function readJudgement(answer: string, dimension: Dimension): Flaw[] | undefined {
  if (breaksOff(answer)) return undefined
  const json = readJsonAnswer(answer)
  return json.ok ? flawsIn(json.value, dimension) : undefined
}

function breaksOff(answer: string): boolean {
  return answer.lastIndexOf('{') > answer.lastIndexOf('}') || /[,:[]\s*$/.test(answer)
}

/** The flaws of the dimension, of the only one there is, or of an object that names none. */
function flawsIn(value: unknown, dimension: Dimension): Flaw[] | undefined {
  if (!isRecord(value)) return undefined
  const entries = Object.entries(value)
  const named = entries.find(([key]) => fold(key) === fold(dimension))?.[1] ?? (entries.length === 1 && entries[0]?.[1])
  if (isRecord(named)) return listOfFlaws(named['flaws'])
  // `{"Anthropomorphism": [...]}` says the same, and so does `{"flaws": [...]}`.
  return listOfFlaws(Array.isArray(named) ? named : value['flaws'])
}

function listOfFlaws(value: unknown): Flaw[] | undefined {
  if (!Array.isArray(value) || !value.every(isRecord)) return undefined
  return value.map(({ instance, type, severity }) => ({
    instance: asString(instance) ?? '',
    type: asString(type) ?? '',
    ...(typeof severity === 'number' && Number.isFinite(severity) && { severity }),
  }))
}
