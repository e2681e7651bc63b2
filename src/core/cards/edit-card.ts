import type { CardDocument, Json } from './card.ts'
import { fieldsPath } from './card-fields.ts'
import { isObject, withPlace } from './json-tree.ts'

/**
 * A copy of the card with one place of its tree replaced, or removed when `value` is undefined, as `withPlace` does. The
 * path starts at the root: `['data', 'tags', 0]`.
 */
export function editCard(
  document: CardDocument,
  path: readonly (string | number)[],
  value: Json | undefined,
): CardDocument {
  const raw = withPlace(document.raw, path, value)
  return isObject(raw) ? { ...document, raw } : document
}

/** Fields that V2 and V3 cards may repeat at their root for programs of V1's days, and the name they have there. */
const mirrors = new Map([
  ...['name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example', 'tags'].map(
    (field) => [field, field] as const,
  ),
  ['creator_notes', 'creatorcomment'],
])

/**
 * A copy of the card with one of its fields replaced or removed, wherever this card keeps its fields. Cards that repeat
 * the field at their root, as SillyTavern writes them, get the new value there as well.
 */
export function editField(document: CardDocument, field: string, value: Json | undefined): CardDocument {
  const edited = editCard(document, [...fieldsPath(document), field], value)
  const mirror = mirrors.get(field)
  return mirror !== undefined && Object.hasOwn(document.raw, mirror) ? editCard(edited, [mirror], value) : edited
}
