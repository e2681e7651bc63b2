import type { Conversion } from './backyard-card.ts'
import type { Json, JsonObject } from './card.ts'
import { bookEntry, convertedCard, extensionOf } from './converted-card.ts'
import { createPicker, isList, isObject, isText, own } from './json-tree.ts'

/**
 * A V3 card of a character as Agnai keeps it. The persona becomes the description, written out as its kind says; all a
 * card has no place for, the persona among it, lies under `extensions.agnai`, where Agnai looks for it.
 */
export function fromAgnai(tree: JsonObject): Conversion {
  const fields = createPicker(tree)
  const name = fields.text('name')
  const greetings = [fields.text('greeting'), ...(fields.take('alternateGreetings', isTexts) ?? [])]
  const book = fields.take('characterBook', isObject)
  const extensions = fields.take('extensions', isObject) ?? {}
  const raw = convertedCard({
    name,
    description: writePersona(name, own(tree, 'persona')),
    creatorNotes: fields.text('description'),
    scenario: fields.text('scenario'),
    greetings: greetings.length === 1 && !greetings[0] ? [] : greetings,
    exampleDialogue: fields.text('sampleChat'),
    systemPrompt: fields.text('systemPrompt'),
    postHistoryInstructions: fields.text('postHistoryInstructions'),
    creator: fields.text('creator'),
    version: fields.text('characterVersion'),
    tags: fields.take('tags', isList) ?? [],
    ...(book ? { book: agnaiBook(book) } : {}),
    extensions: { ...extensions, ...extensionOf('agnai', fields.rest()) },
  })
  return { raw, warnings: [{ type: 'converted', from: 'Agnai' }] }
}

function isTexts(value: Json): value is readonly string[] {
  return isList(value) && value.every(isText)
}

/** A persona as text: free, or attributes in one of the forms that writers of characters use. */
function writePersona(name: string, persona: Json | undefined): string {
  if (typeof persona === 'string') return persona
  if (!isObject(persona)) return ''
  const kind = own(persona, 'kind')
  const attributes = own(persona, 'attributes')
  const entries = Object.entries(isObject(attributes) ? attributes : {}).map(
    ([key, values]) => [key, (isList(values) ? values : [values]).filter(isText)] as const,
  )
  const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`)
  switch (kind) {
    case 'text':
      return entries.map(([, values]) => values.join('\n')).join('\n')
    case 'boostyle':
      return [name, ...entries.flatMap(([, values]) => values)].join(' + ')
    case 'wpp':
      return [
        `[character("${name}") {`,
        ...entries.map(([key, values]) => `${key}(${quoted(values).join(' + ')})`),
        '}]',
      ].join('\n')
    case 'sbf':
      return `[ ${[`character: "${name}"`, ...entries.map(([key, values]) => `${key}: ${quoted(values).join(', ')}`)].join('; ')} ]`
    default:
      return entries.map(([key, values]) => `${key}: ${values.join(', ')}`).join('\n')
  }
}

/** Agnai's memory book in the shape of a card's; its entries' own fields are kept beside. */
function agnaiBook(book: JsonObject): JsonObject {
  const fields = createPicker(book)
  const entries = fields.take('entries', isList) ?? []
  return {
    ...fields.rest(),
    extensions: {},
    entries: entries.map((entry) => (isObject(entry) ? agnaiEntry(entry) : entry)),
  }
}

function agnaiEntry(entry: JsonObject): JsonObject {
  const fields = createPicker(entry)
  const keys = fields.take('keywords', isTexts) ?? []
  const content = fields.text('entry')
  const more = Object.entries({
    name: fields.take('name', isText),
    insertion_order: fields.take('weight', isNumber),
    priority: fields.take('priority', isNumber),
    enabled: fields.take('enabled', isBoolean),
  }).filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined)
  return bookEntry(keys, content, Object.fromEntries(more), extensionOf('agnai', fields.rest()))
}

function isNumber(value: Json): value is number {
  return typeof value === 'number'
}

function isBoolean(value: Json): value is boolean {
  return typeof value === 'boolean'
}
