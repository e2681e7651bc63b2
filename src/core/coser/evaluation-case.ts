import type { Json, JsonObject } from '#core/cards/card.ts'
import { isList, isObject, own } from '#core/cards/json-tree.ts'

/** Who narrates in CoSER's data; it may speak in every case and is no character. */
export const environment = 'Environment'

/** A line of the book, or of a play. */
export interface CaseLine {
  readonly speaker: string
  readonly text: string
}

/** One case of a test set as it is acted out and judged. Within a case people are told apart by name. */
export interface EvaluationCase {
  /** `{book}-{plot's i_p}-{i_c}`, as CoSER's result files have it; numbered where two cases have the same. */
  readonly id: string
  readonly book: string
  readonly topic: string
  /** `id` or `ood` in the published set: whether the book was trained on. */
  readonly tag: string
  readonly scenario: string
  readonly plotSummary: string
  /** Who may speak, in the order of the file, the environment among them. The first of them opens. */
  readonly speakers: readonly string[]
  readonly majors: readonly string[]
  /** What is known of each who speaks; who has none is missing. */
  readonly profiles: ReadonlyMap<string, string>
  /** What each has in mind as it begins: its own alone. */
  readonly motivations: ReadonlyMap<string, string>
  /** The conversation of the book. */
  readonly reference: readonly CaseLine[]
}

/**
 * Where a motivation is looked for. The test set says `thought` where both published harnesses read `motivation`, so all
 * of its cases run without one there: `published` does the same.
 */
export type MotivationSource = 'motivation-or-thought' | 'published'

/** The cases of a file, and for each that can't be acted out why not. */
export interface ReadCases {
  readonly cases: readonly EvaluationCase[]
  /** Each of them as it stands in the file. */
  readonly raw: readonly JsonObject[]
  /** In English, since they go into logs as well. */
  readonly problems: readonly string[]
}

/** Reads a list of cases, one by itself, or an object that holds such a list. `value` is what was parsed from the file. */
export function readEvaluationCases(value: Json, source: MotivationSource): ReadCases {
  const cases: EvaluationCase[] = []
  const raw: JsonObject[] = []
  const problems: string[] = []
  const timesSeen = new Map<string, number>()
  for (const [index, one] of listIn(value).entries()) {
    const read = readOne(one, source)
    if (typeof read === 'string') {
      problems.push(`Case ${index + 1}: ${read}`)
      continue
    }
    raw.push(one as JsonObject)
    const times = (timesSeen.get(read.id) ?? 0) + 1
    timesSeen.set(read.id, times)
    cases.push(times === 1 ? read : { ...read, id: `${read.id}#${times}` })
  }
  return { cases, raw, problems }
}

function listIn(value: Json): readonly Json[] {
  if (isList(value)) return value
  if (!isObject(value)) return [value]
  if (Object.hasOwn(value, 'dialogues')) return [value]
  return (
    (Object.values(value).find((held) => isList(held) && held.some(isObject)) as readonly Json[] | undefined) ?? [value]
  )
}

function readOne(value: Json, source: MotivationSource): EvaluationCase | string {
  if (!isObject(value)) return 'it is not an object.'
  const plot = objectAt(value, 'plot')
  const reference = linesAt(value, 'dialogues', 'character', 'message')
  const spoken = namesAt(value, 'speaking_characters_w_env')
  const named = spoken.length > 0 ? spoken : [...new Set(reference.map(({ speaker }) => speaker))]
  const speakers = named.includes(environment) ? named : [...named, environment]
  if (speakers.length < 2) return 'nobody speaks in it.'
  if (reference.length === 0) return 'it has no conversation to be compared with.'
  const majors = namesAt(value, 'major_characters')
  const book = textAt(value, 'book')
  const place = numberAt(plot, 'i_p') ?? numberAt(value, 'i_p') ?? 0
  return {
    id: `${book}-${place}-${numberAt(value, 'i_c') ?? 0}`,
    book,
    topic: textAt(value, 'topic'),
    tag: textAt(value, 'tag'),
    scenario: textAt(value, 'scenario'),
    plotSummary: textAt(plot, 'summary'),
    speakers,
    majors,
    profiles: profilesIn(value, plot, speakers),
    motivations: motivationsIn(value, source),
    reference,
  }
}

/** For each speaker what the plot says of it, then its profile, as CoSER joins them. */
function profilesIn(value: JsonObject, plot: JsonObject, speakers: readonly string[]): Map<string, string> {
  const given = objectAt(value, 'character_profiles')
  const profiles = new Map<string, string>()
  for (const name of speakers) {
    if (name === environment) continue
    const entry = listAt(plot, 'key_characters').find((one) => isObject(one) && own(one, 'name') === name)
    const described = isObject(entry) ? stripLines(textAt(entry, 'description')) : undefined
    const profile = textAt(given, name)
    const whole = described === undefined ? profile : `${described}\n\n${stripLines(profile)}`
    const stripped = whole.replace(/^[ \n]+|[ \n]+$/g, '')
    if (stripped !== '') profiles.set(name, stripped)
  }
  return profiles
}

function motivationsIn(value: JsonObject, source: MotivationSource): Map<string, string> {
  const motivations = new Map<string, string>()
  for (const one of listAt(value, 'key_characters')) {
    if (!isObject(one)) continue
    const name = textAt(one, 'name')
    const read = textAt(one, 'motivation') || (source === 'published' ? '' : textAt(one, 'thought'))
    if (name !== '' && read !== '' && !motivations.has(name)) motivations.set(name, read)
  }
  return motivations
}

function linesAt(value: JsonObject, key: string, speakerKey: string, textKey: string): CaseLine[] {
  const lines: CaseLine[] = []
  for (const one of listAt(value, key)) {
    if (!isObject(one)) continue
    const speaker = textAt(one, speakerKey)
    const text = textAt(one, textKey)
    if (speaker !== '' && text !== '') lines.push({ speaker, text })
  }
  return lines
}

function namesAt(value: JsonObject, key: string): string[] {
  const names = listAt(value, key).filter((one) => typeof one === 'string' && one.trim() !== '')
  return [...new Set(names as string[])]
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const held = own(value, key)
  return isObject(held) ? held : {}
}

function listAt(value: JsonObject, key: string): readonly Json[] {
  const held = own(value, key)
  return isList(held) ? held : []
}

function textAt(value: JsonObject, key: string): string {
  const held = own(value, key)
  return typeof held === 'string' ? held : ''
}

function numberAt(value: JsonObject, key: string): number | undefined {
  const held = own(value, key)
  return typeof held === 'number' && Number.isFinite(held) ? held : undefined
}

function stripLines(text: string): string {
  return text.replace(/^\n+|\n+$/g, '')
}
