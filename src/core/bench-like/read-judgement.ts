import { readJsonAnswer } from '#core/teacher/read-json-answer.ts'
import { asString, isRecord } from '#lib/json-value.ts'
import { type Dimension, type DimensionScores, dimensions, scoresBy } from './rubric.ts'

/** A defect as a judge named it. */
export interface Misalignment {
  /** As the judge gave it; undefined where it gave none. */
  readonly turn?: number
  readonly dimension?: Dimension
  readonly quote: string
  readonly why: string
}

export interface StretchJudgement {
  readonly scores: DimensionScores
  readonly misalignments: readonly Misalignment[]
}

/**
 * Reads a judge's answer about a stretch, from JSON that need not be in order. Undefined where one of the six scores is
 * missing or none, or where the answer breaks off before they are over: a score cut short would be another score.
 */
export function readJudgement(answer: string): StretchJudgement | undefined {
  const json = readJsonAnswer(answer)
  if (!json.ok || !isRecord(json.value)) return undefined
  const listed = entryOf(json.value, 'misalignments')
  if (listed === undefined && breaksOff(answer)) return undefined
  const nested = entryOf(json.value, 'scores')
  const given = isRecord(nested) ? nested : json.value
  const values = dimensions.map((dimension) => readScore(entryOf(given, dimension)))
  if (values.some((value) => value === undefined)) return undefined
  const scores = scoresBy((dimension) => values[dimensions.indexOf(dimension)] ?? 0)
  return { scores, misalignments: Array.isArray(listed) ? listed.flatMap(readMisalignment) : [] }
}

function breaksOff(answer: string): boolean {
  return answer.lastIndexOf('{') > answer.lastIndexOf('}') || /[,:[]\s*$/.test(answer)
}

/** `Content Logic` is `content_logic` too. */
function entryOf(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(record).find(([key]) => toName(key) === name)?.[1]
}

function toName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

function readScore(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && number >= 0 && number <= 100 ? number : undefined
}

function readMisalignment(value: unknown): Misalignment[] {
  if (!isRecord(value)) return []
  const { turn: given, dimension: named, quote, why } = value
  const turn = typeof given === 'string' ? Number.parseInt(given.replace(/^\D+/, ''), 10) : given
  const dimension = dimensions.find((each) => each === toName(asString(named) ?? ''))
  return [
    {
      ...(Number.isInteger(turn) && { turn: turn as number }),
      ...(dimension && { dimension }),
      quote: asString(quote) ?? '',
      why: asString(why) ?? '',
    },
  ]
}
