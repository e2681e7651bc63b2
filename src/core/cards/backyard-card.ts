import type { Json, JsonObject } from './card.ts'
import type { CardWarning } from './card-warning.ts'
import { bookEntry, convertedCard, extensionOf } from './converted-card.ts'
import { createPicker, isList, isObject } from './json-tree.ts'

/** A card made of something else, and what to tell of it. */
export interface Conversion {
  readonly raw: JsonObject
  readonly warnings: readonly CardWarning[]
}

/** Backyard's placeholders as those of cards. */
export function backyardText(text: string): string {
  return text
    .replace(/#\{character\}:/gi, '{{char}}:')
    .replace(/#\{user\}:/gi, '{{user}}:')
    .replace(/(?<!\{)\{character\}(?!\})/gi, '{{char}}')
    .replace(/(?<!\{)\{user\}(?!\})/gi, '{{user}}')
}

/**
 * A V3 card of a character as Backyard keeps it in JSON and in the EXIF data of pictures. What a card has no place for
 * lies under `extensions.backyard`; its chats are the reader's and not the character's, and stay in the original.
 */
export function fromBackyard(tree: JsonObject, character: JsonObject): Conversion {
  const fields = createPicker(character)
  const whole = createPicker(tree)
  whole.take('character', isObject)
  const displayName = fields.text('aiDisplayName')
  const chats = fields.take('Chat', isList) ?? []
  const example = backyardText(fields.text('customDialogue'))
  const firstMessage = backyardText(fields.text('firstMessage'))
  const raw = convertedCard({
    name: fields.text('aiName') || displayName,
    description: backyardText(fields.text('aiPersona')),
    scenario: backyardText(fields.text('scenario')),
    greetings: firstMessage ? [firstMessage] : [],
    exampleDialogue: example && startedExample(example),
    systemPrompt: backyardText(fields.text('basePrompt')),
    tags: fields.take('isNSFW', isTrue) ? ['nsfw'] : [],
    ...bookOf(fields.take('loreItems', isList)),
    extensions: {
      ...(displayName ? { display_name: displayName } : {}),
      ...extensionOf('backyard', { ...fields.rest(), ...whole.rest() }),
    },
  })
  return { raw, warnings: [{ type: 'converted', from: 'Backyard' }, ...leftOutChats(chats.length)] }
}

/** An example dialogue begins with its mark. */
export function startedExample(example: string): string {
  return /^\s*<start>/i.test(example) ? example : `<START>\n${example}`
}

export function leftOutChats(count: number): CardWarning[] {
  return count > 0 ? [{ type: 'left-out-chats', count }] : []
}

export function isTrue(value: Json): value is true {
  return value === true
}

/** A lorebook of Backyard's lore: keys in one text, with commas between them. */
export function bookOf(items: readonly Json[] | undefined): { book?: JsonObject } {
  if (!items || items.length === 0) return {}
  return { book: { extensions: {}, entries: items.map(entryOf) } }
}

function entryOf(item: Json): Json {
  if (!isObject(item)) return item
  const fields = createPicker(item)
  const keys = fields
    .text('key')
    .split(',')
    .map((key) => backyardText(key.trim()))
  // Its order is a text that sorts, not a number, and so stays with the rest.
  return bookEntry(
    keys.filter((key) => key),
    backyardText(fields.text('value')),
    {},
    extensionOf('backyard', fields.rest()),
  )
}
