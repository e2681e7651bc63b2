import type { CardDocument, HerExtension } from './card.ts'
import { cardFields, fieldsPath } from './card-fields.ts'
import { editCard } from './edit-card.ts'
import { isObject, own } from './json-tree.ts'

/**
 * A copy of the card with one thing that only HER knows replaced (`data.extensions.her`). What is emptied is taken out,
 * and the extension with its last key.
 */
export function editHer<Key extends keyof HerExtension>(
  document: CardDocument,
  key: Key,
  value: NonNullable<HerExtension[Key]>,
): CardDocument {
  const path = [...fieldsPath(document), 'extensions', 'her']
  const isEmpty = typeof value === 'string' ? value === '' : Object.keys(value).length === 0
  const edited = editCard(document, [...path, key], isEmpty ? undefined : value)
  const extensions = own(cardFields(edited), 'extensions')
  const her = isObject(extensions) ? own(extensions, 'her') : undefined
  return isObject(her) && Object.keys(her).length === 0 ? editCard(edited, path, undefined) : edited
}
