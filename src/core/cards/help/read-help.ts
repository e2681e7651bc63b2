import { parseReply } from '#core/her/parse.ts'
import type { CardDocument } from '../card.ts'
import { type CardPath, editPlace } from '../lint/advice.ts'
import { placeName } from '../lint/place-names.ts'
import { questionCount } from './ask-help.ts'
import { type HelpField, helpFields } from './help-fields.ts'

/** What a model proposes for one place of a card. Nothing changes before its author takes it. */
export interface Proposal {
  readonly path: CardPath
  readonly label: string
  readonly text: string
}

const planTag = /^<[\s/]*(?:system|think|thought)/i

/** An answer without its planning, otherwise word for word. */
export function withoutPlanning(raw: string): string {
  const reply = parseReply(raw)
  let isPlanning = false
  let kept = ''
  for (const { kind, start, end, segment } of reply.tiles) {
    const piece = raw.slice(start, end)
    if (kind === 'text') isPlanning = reply.segments[segment ?? -1]?.layer === 'system_thinking'
    if (kind === 'tag' && planTag.test(piece)) isPlanning = !/^<\s*\//.test(piece)
    else if (!isPlanning && kind !== 'cut' && kind !== 'held') kept += piece
  }
  return kept.trim()
}

/**
 * Reads what a model proposes: texts under headings, however they are marked. An answer without any heading is the text
 * of the one field that was asked for. Nothing where no text can be made out.
 */
export function readProposals(raw: string, asked: readonly HelpField[] = helpFields): readonly Proposal[] {
  const answer = withoutPlanning(raw).replace(/^[ \t]*```[a-z]*[ \t]*$/gim, '')
  const sections = readSections(answer)
  const [only] = asked
  if (sections.length === 0) return asked.length === 1 && only ? toProposals(only, answer) : []
  const seen = new Set<HelpField>()
  return sections.flatMap(({ field, text }) => {
    if (!asked.includes(field) || seen.has(field)) return []
    const proposals = toProposals(field, text)
    if (proposals.length > 0) seen.add(field)
    return proposals
  })
}

/** The questions of an answer, at most as many as were asked for. */
export function readQuestions(raw: string): readonly string[] {
  const questions = withoutPlanning(raw)
    .split('\n')
    .map((line) =>
      line
        .replace(/^[\s*#>-]*(?:Q(?:uestion)?\s*)?\d{0,2}[.):]?\s*/i, '')
        .replace(/[*_]+/g, '')
        .trim(),
    )
    .filter((line) => line.length > 5 && /[?？]$/.test(line))
  return [...new Set(questions)].slice(0, questionCount)
}

/** The card with a proposal taken. */
export function acceptProposal(document: CardDocument, { path, text }: Proposal): CardDocument {
  return editPlace(document, path, text)
}

const fieldsByHeading = new Map(
  helpFields.flatMap((field) =>
    [field.label.toLowerCase(), ...field.alsoCalled].map((heading) => [heading, field] as const),
  ),
)

/** `===Title===`, `## Title`, `**Title:**`, `[Title]` */
const marked =
  /^[ \t]*(?:\d{1,2}[.)][ \t]*)?(?:={2,6}|#{1,6}|\*{2}|\[)[ \t]*([\p{L} _'’]{3,40}?)[ \t]*[:：]?[ \t]*(?:={2,6}|\*{2}|\]|$)[ \t]*[:：]?[ \t]*/u
/** `Title:`, or the title alone on its line */
const plain = /^[ \t]*(?:[-•*\d.)]{1,3}[ \t]*)?([\p{L} _'’]{3,40}?)[ \t]*(?:[:：][ \t]*|$)/u

interface Section {
  readonly field: HelpField
  readonly text: string
}

function readSections(answer: string): readonly Section[] {
  const strict = splitAt(answer, marked)
  return strict.length > 0 ? strict : splitAt(answer, plain)
}

function splitAt(answer: string, heading: RegExp): readonly Section[] {
  const sections: { field: HelpField; lines: string[] }[] = []
  for (const line of answer.split('\n')) {
    const found = heading.exec(line)
    const field = fieldsByHeading.get((found?.[1] ?? '').toLowerCase().replace(/_/g, ' ').trim())
    if (found && field) sections.push({ field, lines: [line.slice(found[0].length)] })
    else sections.at(-1)?.lines.push(line)
  }
  return sections.map(({ field, lines }) => ({ field, text: lines.join('\n') }))
}

const nothing = /^[\s(["'“]*(?:none|n\/a|unknown|unchanged|no change|empty|-+)?[\s.)\]"'”]*$/i

function toProposals(field: HelpField, written: string): readonly Proposal[] {
  const text = written.trim()
  if (nothing.test(text)) return []
  const { path, name } = field
  // The field's own label is for the model.
  const label = placeName(path)
  if (name === 'relationships') return relationshipsOf(text, path)
  if (name !== 'name' && name !== 'book') return [{ path, label, text }]
  const title = (text.split('\n')[0] ?? '').replace(/^["“*_]+|["”*_.]+$/g, '').trim()
  return title === '' ? [] : [{ path, label, text: title }]
}

function relationshipsOf(text: string, path: CardPath): readonly Proposal[] {
  const byName = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name = '', words = ''] = /^[\s*•-]*([^:：\n]{1,60}?)[*_]*[:：][*_]*\s*(.{2,})$/.exec(line) ?? []
    if (name.trim() !== '') byName.set(name.replace(/[*_]/g, '').trim(), words.trim())
  }
  return [...byName].map(([name, words]) => {
    const place = [...path, name]
    return { path: place, label: placeName(place), text: words }
  })
}
