import type { CardDocument, Json, JsonObject } from './card.ts'
import { fieldsPath } from './card-fields.ts'
import { isObject, own, withKey, withoutKey } from './json-tree.ts'

/**
 * A copy of the card with one place of its tree replaced, or removed when `value` is undefined; all else is shared with
 * the original. The path starts at the root: `['data', 'tags', 0]`. Keys keep their order, new ones come last. Objects
 * missing on the way are made, in place of null and of other values that can hold no key; an index past the end of a
 * list adds to it.
 */
export function editCard(
  document: CardDocument,
  path: readonly (string | number)[],
  value: Json | undefined,
): CardDocument {
  const raw = replaceAt(document.raw, path, value)
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

function replaceAt(
  tree: Json | undefined,
  path: readonly (string | number)[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(tree)) {
    const index = Math.min(Number(step), tree.length)
    if (!Number.isInteger(index) || index < 0) return tree
    const item = replaceAt(tree[index], rest, value)
    return item === undefined ? tree.toSpliced(index, 1) : tree.toSpliced(index, 1, item)
  }
  const object: JsonObject = isObject(tree) ? tree : {}
  const item = replaceAt(own(object, String(step)), rest, value)
  return item === undefined ? withoutKey(object, String(step)) : withKey(object, String(step), item)
}
