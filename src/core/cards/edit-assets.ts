import type { CardDocument, Json } from './card.ts'
import { cardFields, fieldsPath } from './card-fields.ts'
import { editCard, editField } from './edit-card.ts'
import { isList, own } from './json-tree.ts'

/** What Character Card V3 takes for granted of a card that lists nothing: its picture is its icon. */
const takenForGranted: Json = { type: 'icon', uri: 'ccdefault:', name: 'main', ext: 'png' }

export interface NewAsset {
  readonly type: string
  readonly name: string
  /** Where its file lies among those that go with the card. */
  readonly path: string
  readonly ext: string
}

/** A copy of the card that comes with one thing more. */
export function addAsset(document: CardDocument, { type, name, path, ext }: NewAsset): CardDocument {
  const found = own(cardFields(document), 'assets')
  const listed = isList(found) ? found : [takenForGranted]
  return editField(document, 'assets', [...listed, { type, uri: `embeded://${path}`, name, ext }])
}

export function editAsset(document: CardDocument, index: number, key: 'type' | 'name', value: string): CardDocument {
  return editCard(document, [...fieldsPath(document), 'assets', index, key], value)
}

export function removeAsset(document: CardDocument, index: number): CardDocument {
  return editCard(document, [...fieldsPath(document), 'assets', index], undefined)
}
