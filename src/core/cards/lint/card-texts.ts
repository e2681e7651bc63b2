import type { CardDocument, CardView, Json, JsonObject } from '../card.ts'
import { cardFields } from '../card-fields.ts'
import { isObject, own } from '../json-tree.ts'
import { viewCard } from '../view-card.ts'
import type { CardPath } from './advice.ts'

/** What a text is for; rules hold for some kinds and not for others. */
export type TextKind =
  | 'description'
  | 'personality'
  | 'scenario'
  | 'greeting'
  | 'examples'
  | 'instructions'
  | 'notes'
  | 'motivation'
  | 'relationship'
  | 'lore'

/** One text of a card, as its author wrote it. */
export interface CardText {
  readonly path: CardPath
  readonly kind: TextKind
  readonly text: string
}

/** A card as the rules look at it. */
export interface LintedCard {
  readonly document: CardDocument
  readonly view: CardView
  readonly texts: readonly CardText[]
  /** The window of the model it is written for, in tokens. */
  readonly contextTokens: number
}

const singleFields: readonly (readonly [string, TextKind])[] = [
  ['description', 'description'],
  ['personality', 'personality'],
  ['scenario', 'scenario'],
  ['first_mes', 'greeting'],
  ['mes_example', 'examples'],
  ['system_prompt', 'instructions'],
  ['post_history_instructions', 'instructions'],
  ['creator_notes', 'notes'],
]

/** Gathers what the rules look at. Only strings count as texts: what has another type can be neither marked nor mended. */
export function readLinted(document: CardDocument, contextTokens: number): LintedCard {
  return { document, view: viewCard(document), texts: cardTexts(document), contextTokens }
}

/** Every text of a card that has something in it, in the order an author meets them. */
export function cardTexts(document: CardDocument): readonly CardText[] {
  const fields = cardFields(document)
  const texts: CardText[] = []
  const add = (path: CardPath, kind: TextKind, value: Json | undefined) => {
    if (typeof value === 'string' && value.trim() !== '') texts.push({ path, kind, text: value })
  }
  const addList = (field: string) => {
    const list = own(fields, field)
    if (!Array.isArray(list)) return
    for (const [index, item] of list.entries()) add([field, index], 'greeting', item)
  }
  for (const [field, kind] of singleFields) {
    add([field], kind, own(fields, field))
    if (field === 'first_mes') for (const list of ['alternate_greetings', 'group_only_greetings']) addList(list)
  }
  const her = objectIn(objectIn(fields, 'extensions'), 'her')
  add(['extensions', 'her', 'motivation'], 'motivation', own(her, 'motivation'))
  for (const [name, text] of Object.entries(objectIn(her, 'relationships'))) {
    add(['extensions', 'her', 'relationships', name], 'relationship', text)
  }
  for (const { path, entry } of bookEntries(document)) add([...path, 'content'], 'lore', own(entry, 'content'))
  return texts
}

/** The entries of a card's own book, kept in a list or by key, each with its place. */
export function bookEntries(
  document: CardDocument,
): readonly { readonly path: CardPath; readonly id: string; readonly entry: JsonObject }[] {
  const entries = own(objectIn(cardFields(document), 'character_book'), 'entries')
  const placed: readonly (readonly [string | number, Json])[] = Array.isArray(entries)
    ? [...entries.entries()]
    : isObject(entries)
      ? Object.entries(entries)
      : []
  return placed.flatMap(([key, entry]) =>
    isObject(entry) ? [{ path: ['character_book', 'entries', key], id: String(key), entry }] : [],
  )
}

function objectIn(object: JsonObject, key: string): JsonObject {
  const value = own(object, key)
  return isObject(value) ? value : {}
}
