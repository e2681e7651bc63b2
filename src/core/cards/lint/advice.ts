import type { CardDocument, Json } from '../card.ts'
import { cardFields, fieldsPath } from '../card-fields.ts'
import { editCard, editField } from '../edit-card.ts'
import { isObject, own } from '../json-tree.ts'

/** Where something lies, from the object that holds a card's fields: `['alternate_greetings', 1]`. Empty: the card. */
export type CardPath = readonly (string | number)[]

/** A stretch of a text, in UTF-16 offsets. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** `problem`: something will not work. `advice`: replies will be the worse for it. `note`: worth a thought. */
export type Severity = 'problem' | 'advice' | 'note'

/** A change that does what an advice asks for. It touches the place of the advice and nothing else. */
export interface Fix {
  /** What it does, for a button. */
  readonly label: string
  /** The place as text, before and after, to be compared. */
  readonly before: string
  readonly after: string
  /** What stands in the place afterwards. */
  readonly value: Json
}

/** What a card's author may want to know, and why. */
export interface Advice {
  /** The rule and the place; the same for as long as the card has it. */
  readonly id: string
  readonly path: CardPath
  /** The first place in the text of the field, where there is one. */
  readonly range?: TextRange
  readonly severity: Severity
  readonly sentence: string
  readonly fix?: Fix
}

/** What stands in a place of a card, as text; '' where that is no text. */
export function textAt(document: CardDocument, path: CardPath): string {
  const value = path.reduce<Json | undefined>((tree, step) => {
    if (Array.isArray(tree)) return tree[Number(step)]
    return isObject(tree) ? own(tree, String(step)) : undefined
  }, cardFields(document))
  return typeof value === 'string' ? value : ''
}

/** The card with one place of its fields replaced. */
export function editPlace(document: CardDocument, path: CardPath, value: Json | undefined): CardDocument {
  const [field, ...rest] = path
  if (field === undefined) return document
  return rest.length === 0
    ? editField(document, String(field), value)
    : editCard(document, [...fieldsPath(document), ...path], value)
}

/** The card after an advice's fix. */
export function applyFix(document: CardDocument, { path, fix }: Advice): CardDocument {
  return fix ? editPlace(document, path, fix.value) : document
}
