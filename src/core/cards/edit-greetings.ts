import type { CardDocument, Json } from './card.ts'
import { cardFields } from './card-fields.ts'
import { editField } from './edit-card.ts'
import { isList, own } from './json-tree.ts'

/** A card's greetings as they are written, the empty ones too. */
export interface CardGreetings {
  readonly first: string
  readonly alternates: readonly string[]
  /** Only for chats of several; undefined where a card's format has none. */
  readonly groupOnly: readonly string[] | undefined
}

/** What stands where the greetings of a card stand. */
export function greetingsOf(document: CardDocument): CardGreetings {
  const fields = cardFields(document)
  const group = own(fields, 'group_only_greetings')
  return {
    first: text(own(fields, 'first_mes')),
    alternates: texts(own(fields, 'alternate_greetings')),
    groupOnly: group !== undefined || document.spec === 'v3' ? texts(group) : undefined,
  }
}

/** A copy of the card with other greetings; fields that say the same already stay as they are. */
export function editGreetings(document: CardDocument, greetings: CardGreetings): CardDocument {
  const before = greetingsOf(document)
  let edited = document
  if (greetings.first !== before.first) edited = editField(edited, 'first_mes', greetings.first)
  if (!isSame(greetings.alternates, before.alternates)) {
    edited = editField(edited, 'alternate_greetings', greetings.alternates)
  }
  if (greetings.groupOnly && !isSame(greetings.groupOnly, before.groupOnly ?? [])) {
    edited = editField(edited, 'group_only_greetings', greetings.groupOnly)
  }
  return edited
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function texts(value: Json | undefined): readonly string[] {
  if (isList(value)) return value.map(text)
  return text(value) === '' ? [] : [text(value)]
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((greeting, index) => greeting === other[index])
}
