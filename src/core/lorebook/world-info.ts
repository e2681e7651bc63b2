import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { objectAt, toFlag, toText } from './coerce.ts'

/** SillyTavern's keys for what a V2 book calls otherwise. */
const mainKeys = new Map([
  ['uid', 'id'],
  ['key', 'keys'],
  ['keysecondary', 'secondary_keys'],
  ['order', 'insertion_order'],
])

/** SillyTavern's keys for what it keeps under an entry's `extensions` when the book is in a card. */
const extensionKeys = new Map([
  ['position', 'position'],
  ['selectiveLogic', 'selectiveLogic'],
  ['useProbability', 'useProbability'],
  ['probability', 'probability'],
  ['depth', 'depth'],
  ['role', 'role'],
  ['excludeRecursion', 'exclude_recursion'],
  ['preventRecursion', 'prevent_recursion'],
  ['delayUntilRecursion', 'delay_until_recursion'],
  ['group', 'group'],
  ['groupOverride', 'group_override'],
  ['groupWeight', 'group_weight'],
  ['scanDepth', 'scan_depth'],
  ['caseSensitive', 'case_sensitive'],
  ['matchWholeWords', 'match_whole_words'],
  ['useGroupScoring', 'use_group_scoring'],
  ['automationId', 'automation_id'],
  ['vectorized', 'vectorized'],
  ['sticky', 'sticky'],
  ['cooldown', 'cooldown'],
  ['delay', 'delay'],
  ['displayIndex', 'display_index'],
  ['outletName', 'outlet_name'],
  ['triggers', 'triggers'],
  ['ignoreBudget', 'ignore_budget'],
  ['matchPersonaDescription', 'match_persona_description'],
  ['matchCharacterDescription', 'match_character_description'],
  ['matchCharacterPersonality', 'match_character_personality'],
  ['matchCharacterDepthPrompt', 'match_character_depth_prompt'],
  ['matchScenario', 'match_scenario'],
  ['matchCreatorNotes', 'match_creator_notes'],
  ['characterFilter', 'character_filter'],
])

/** Book-level keys of other programs' world info files. */
const bookKeys = new Map([
  ['scanDepth', 'scan_depth'],
  ['tokenBudget', 'token_budget'],
  ['recursiveScanning', 'recursive_scanning'],
])

const mainNames = invert(mainKeys)
const extensionNames = invert(extensionKeys)

/** A world info file as the book of a card. Keys that mean nothing there stay where they are. */
export function worldInfoToBook(raw: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]): [string, Json] =>
      key === 'entries' ? [key, mapEntries(value, convertOnce)] : [renamed(key, raw, bookKeys), value],
    ),
  )
}

/** A card's book as a world info file, its entries under their place in the list. */
export function bookToWorldInfo(book: JsonObject): JsonObject {
  const entries = own(book, 'entries')
  const list = Array.isArray(entries)
    ? Object.fromEntries(entries.map((entry, index) => [String(index), entry]))
    : entries
  const indexed = isObject(list) ? list : {}
  const converted = Object.entries(indexed).map(([key, entry], index): [string, Json] => [
    key,
    isObject(entry) ? entryToWorldInfo(entry, index) : entry,
  ])
  return { ...withoutEntries(book), entries: Object.fromEntries(converted) }
}

const converted = new WeakMap<JsonObject, JsonObject>()

/** The same entry gives the same: what is made from it is not made again because its neighbour was edited. */
function convertOnce(entry: JsonObject): JsonObject {
  const known = converted.get(entry) ?? worldInfoToEntry(entry)
  converted.set(entry, known)
  return known
}

function worldInfoToEntry(entry: JsonObject): JsonObject {
  const kept: [string, Json][] = []
  const extensions: [string, Json][] = Object.entries(objectAt(entry, 'extensions'))
  for (const [key, value] of Object.entries(entry)) {
    const extension = extensionKeys.get(key)
    // A `position` in words, or a key that is there under both names, is not SillyTavern's own.
    if (extension !== undefined && !(key === 'position' && typeof value === 'string'))
      extensions.push([extension, value])
    else if (key === 'disable') kept.push(['enabled', !(toFlag(value) ?? false)])
    else if (key !== 'extensions') kept.push([renamed(key, entry, mainKeys), value])
  }
  const position = own(entry, 'position')
  return Object.fromEntries([
    ['enabled', true],
    ['selective', true],
    ['constant', false],
    ['insertion_order', 100],
    ...(typeof position === 'string' ? [] : [['position', position === 0 ? 'before_char' : 'after_char'] as const]),
    ...kept,
    ['extensions', Object.fromEntries(extensions)],
  ])
}

function entryToWorldInfo(entry: JsonObject, index: number): JsonObject {
  const extensions = Object.entries(objectAt(entry, 'extensions'))
  const known = extensions.filter(([key]) => extensionNames.has(key))
  const unknown = extensions.filter(([key]) => !extensionNames.has(key))
  const main = Object.entries(entry).filter(([key]) => !['extensions', 'enabled', 'position'].includes(key))
  const position = own(entry, 'position')
  const isNumber = /^\s*\d+\s*$/.test(toText(position))
  const place = isNumber ? Number(position) : toText(position).startsWith('before') ? 0 : 1
  const caseSensitive = own(entry, 'case_sensitive')
  return Object.fromEntries([
    ['uid', index],
    ['key', []],
    ['keysecondary', []],
    ['comment', ''],
    ['content', ''],
    ['constant', false],
    // What V2 leaves out is off there and on in SillyTavern.
    ['selective', false],
    ['order', 100],
    ['position', place],
    ...(caseSensitive === undefined ? [] : [['caseSensitive', caseSensitive] as const]),
    ['disable', !(toFlag(own(entry, 'enabled')) ?? true)],
    ...main.map(([key, value]) => [renamed(key, entry, mainNames), value] as const),
    ...known.map(([key, value]) => [extensionNames.get(key) ?? key, value] as const),
    ...(unknown.length > 0 ? [['extensions', Object.fromEntries(unknown)] as const] : []),
  ])
}

/** The other name of a key, unless the object has that too: then both are kept as they are. */
function renamed(key: string, object: JsonObject, names: ReadonlyMap<string, string>): string {
  const name = names.get(key)
  return name === undefined || Object.hasOwn(object, name) ? key : name
}

/** Changes each entry of a list or of an object of entries. */
export function mapEntries(entries: Json, change: (entry: JsonObject) => JsonObject): Json {
  const changeOne = (entry: Json): Json => (isObject(entry) ? change(entry) : entry)
  if (Array.isArray(entries)) return entries.map(changeOne)
  if (!isObject(entries)) return entries
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, changeOne(entry)]))
}

function withoutEntries(book: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(book).filter(([key]) => key !== 'entries'))
}

function invert(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].map(([one, other]) => [other, one]))
}
