import type { CardDocument, JsonObject } from './card.ts'
import { isObject, own } from './json-tree.ts'

/**
 * Where a card's fields lie in its tree: under `data` for V2 and V3, at the root for V1, and at the root too for the
 * V2 and V3 cards found in the wild that forgot `data`.
 */
export function fieldsPath(document: CardDocument): readonly string[] {
  return document.spec !== 'v1' && isObject(own(document.raw, 'data')) ? ['data'] : []
}

/** The object that holds a card's fields, as its author wrote it. */
export function cardFields(document: CardDocument): JsonObject {
  const fields = document.spec === 'v1' ? undefined : own(document.raw, 'data')
  return isObject(fields) ? fields : document.raw
}
