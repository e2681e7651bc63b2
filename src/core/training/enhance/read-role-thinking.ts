import { parseReply } from '#core/her/parse.ts'
import type { Segment } from '#core/her/segment.ts'
import { readJsonAnswer } from '#core/teacher/read-json-answer.ts'
import { asRecord, asString } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'

/** A turn as a teacher enhanced it. */
export interface EnhancedThinking {
  /** Thoughts, actions and speech: planning is another stage's. */
  readonly segments: readonly Segment[]
  /** The text as it came: what a check looks at before it was put in order. */
  readonly written: string
  readonly reason: string
}

/**
 * The enhanced turns of an answer by the places they were asked for; turns that are missing stay as they are (the
 * standard form). What was answered for places nobody asked for is left out.
 * @param name of the character: models head turns with it.
 */
export function readRoleThinking(
  answer: string,
  places: readonly number[],
  name: string,
): Result<ReadonlyMap<number, EnhancedThinking>, { readonly sentence: string }> {
  const read = readJsonAnswer(answer)
  if (!read.ok) return read
  const entries = entriesIn(read.value)
  if (!entries) return err({ sentence: t('The answer has no list of enhanced turns.') })
  const wanted = new Set(places)
  const found = new Map<number, EnhancedThinking>()
  for (const entry of entries) {
    const place = placeIn(entry?.['origin_id'])
    const written =
      asString(entry?.['enhanced_role_think']) ??
      asString(entry?.['enhanced_standard_format']) ??
      asString(entry?.['enhanced_speech'])
    if (place === undefined || !wanted.has(place) || written === undefined || found.has(place)) continue
    const segments = tidy(parseReply(written, { speaker: name }).segments)
    if (segments.length === 0) continue
    found.set(place, { segments, written, reason: asString(entry?.['enhanced_reason']) ?? '' })
  }
  return ok(found)
}

function entriesIn(value: unknown) {
  const list = Array.isArray(value) ? value : asRecord(value)?.['enhanced_dialogues']
  if (Array.isArray(list)) return list.map(asRecord)
  // One turn was asked for, and it alone was answered.
  const single = asRecord(value)
  return single && 'enhanced_role_think' in single ? [single] : undefined
}

function placeIn(value: unknown): number | undefined {
  const first = Array.isArray(value) ? value[0] : value
  const place = typeof first === 'string' ? Number(first.replace(/[[\]\s]/g, '') || Number.NaN) : first
  return typeof place === 'number' && Number.isInteger(place) ? place : undefined
}

/** As the form wants it: neighbours of one kind are one, nothing blank stands at a tag, and no full stop ends in one. */
export function tidy(segments: readonly Segment[]): Segment[] {
  const tidied: Segment[] = []
  for (const { layer, text } of segments) {
    const bare = text.trim()
    const clean = layer === 'speech' ? bare : withoutStop(bare)
    if (layer === 'system_thinking' || clean === '') continue
    const last = tidied.at(-1)
    if (last?.layer !== layer) tidied.push({ layer, text: clean, closed: true })
    else tidied[tidied.length - 1] = { ...last, text: joined(last.text, clean, layer) }
  }
  return tidied
}

function withoutStop(text: string): string {
  return /(?:[^.。]|^)[.。]$/u.test(text) ? text.slice(0, -1).trimEnd() : text
}

function joined(one: string, other: string, layer: Segment['layer']): string {
  if (layer === 'speech' || /[\p{P}]$/u.test(one)) return `${one} ${other}`
  return /\p{Script=Han}$/u.test(one) ? `${one}。${other}` : `${one}. ${other}`
}
