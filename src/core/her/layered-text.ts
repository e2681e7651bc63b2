import { parseReply } from './parse.ts'
import type { Layer, Segment } from './segment.ts'
import { closingTag, openingTag } from './tags.ts'
import { writeReply } from './write.ts'

/** A stretch of a written text in one layer, with what marks it and what stands around it. */
export interface LayerPart {
  readonly layer: Layer
  /** White space and opening marks, as they are written. */
  readonly before: string
  readonly text: string
  readonly after: string
}

/** How layers are marked: HER's tags, or the stars of role-play prose. Prose has no mark for thoughts but HER's. */
export type Notation = 'her' | 'prose'

/**
 * Takes a text apart into its layers and keeps every mark and blank: `joinLayers` of the parts is the text again, to the
 * letter. What is read as marks is what the reader of a chat would take for marks.
 */
export function splitLayers(text: string, speaker: string): LayerPart[] {
  const { segments, tiles } = parseReply(text, { dialect: 'markdown', speaker })
  const spans: { layer: Layer; segment: number; start: number; end: number }[] = []
  for (const { kind, segment, start, end } of tiles) {
    if (kind !== 'text' || segment === undefined) continue
    const last = spans.at(-1)
    if (last?.segment === segment) last.end = end
    else spans.push({ layer: segments[segment]?.layer ?? 'speech', segment, start, end })
  }
  if (spans.length === 0) return text === '' ? [] : [{ layer: 'speech', before: '', text, after: '' }]

  const parts: LayerPart[] = []
  let from = 0
  for (const [index, { layer, start, end }] of spans.entries()) {
    const next = spans[index + 1]
    const before = text.slice(from, start)
    const isMarked = tiles.some(({ kind, start: at }) => isMark(kind) && at >= from && at < start)
    const gap = next ? tiles.filter((tile) => tile.start >= end && tile.start < next.start) : []
    const blank = gap.find(({ kind }) => kind === 'layout')
    from = next ? (isMarked ? (blank?.start ?? gap[0]?.end ?? end) : end) : text.length
    parts.push({ layer, before, text: text.slice(start, end), after: text.slice(end, from) })
  }
  return parts
}

/** The text of the parts; one without words is left out, with its marks. */
export function joinLayers(parts: readonly LayerPart[]): string {
  return parts.map(({ before, text, after }) => (text === '' ? '' : before + text + after)).join('')
}

/** The notation a text has: HER's where one of its tags is in it. */
export function notationOf(text: string): Notation {
  return /<\/?(?:role|system)_\w+>/.test(text) ? 'her' : 'prose'
}

/** The part in another layer: its marks are replaced, blanks and whatever else stands around it stay. */
export function withLayer(part: LayerPart, layer: Layer, notation: Notation): LayerPart {
  const [open, close] = marksOf(layer, notation)
  return {
    ...part,
    layer,
    before: part.before.replace(/(?:[*_"“”„«»]|<[^<>]*>)+\s*$/, '') + open,
    after: close + part.after.replace(/^\s*(?:[*_"“”«»]|<[^<>]*>)+/, ''),
  }
}

/** A new, empty part that is to stand after `previous`. */
export function newPart(layer: Layer, notation: Notation, previous: LayerPart | undefined): LayerPart {
  const [open, close] = marksOf(layer, notation)
  const isJoined = notation === 'her' && !(layer === 'speech' && previous?.layer === 'speech')
  const blank = previous === undefined || isJoined ? '' : '\n\n'
  return { layer, before: blank + open, text: '', after: close }
}

/** The same text in HER's tags, as its training data has it. Of marks and blanks between parts nothing is kept. */
export function inHerTags(parts: readonly LayerPart[]): string {
  return writeReply(parts.map(({ layer, text }): Segment => ({ layer, text: text.trim(), closed: true })))
}

function marksOf(layer: Layer, notation: Notation): readonly [string, string] {
  if (layer === 'speech') return ['', '']
  if (layer === 'role_action' && notation === 'prose') return ['*', '*']
  return [openingTag(layer), closingTag(layer)]
}

function isMark(kind: string): boolean {
  return kind === 'tag' || kind === 'mark'
}
