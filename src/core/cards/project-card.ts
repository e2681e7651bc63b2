import type { CardDocument, Json, JsonObject } from './card.ts'
import { stripDecorators } from './decorators.ts'
import { isObject, own, withKey, withoutKey } from './json-tree.ts'

/**
 * The tree of a card as Character Card V3. Nothing is dropped and nothing invented: V1 fields move under `data`, and
 * V2 gets what V3 requires and it can't have (`group_only_greetings`, an entry's `use_regex` and `constant`).
 */
export function toV3(document: CardDocument): JsonObject {
  const raw = labelled(wrapped(document), 'chara_card_v3', v3Version(document.raw))
  return document.spec === 'v3' ? raw : mapData(raw, addRequiredFields)
}

/**
 * The tree of a card as Character Card V2. Fields that only V3 has stay in `data`, where readers of V2 pass over them;
 * only lorebook entries lose their decorators, which such readers would take for text.
 */
export function toV2(document: CardDocument): JsonObject {
  const raw = labelled(wrapped(document), 'chara_card_v2', '2.0')
  return document.spec === 'v3' ? mapData(raw, (data) => mapEntries(data, withoutDecorators)) : raw
}

/** A V3 card of a later minor version keeps its number: nothing in it was changed. */
function v3Version(raw: JsonObject): string {
  const version = own(raw, 'spec_version')
  const isV3 = own(raw, 'spec') === 'chara_card_v3' && typeof version === 'string' && Number.parseFloat(version) >= 3
  return isV3 ? version : '3.0'
}

function wrapped({ spec, raw }: CardDocument): JsonObject {
  if (spec !== 'v1' && isObject(own(raw, 'data'))) return raw
  return { data: withoutKey(withoutKey(raw, 'spec'), 'spec_version') }
}

/** Sets the label, in its old place or at the front. */
function labelled(raw: JsonObject, spec: string, version: string): JsonObject {
  const labels: [string, Json][] = [
    ['spec', spec],
    ['spec_version', version],
  ]
  const missing = labels.filter(([key]) => !Object.hasOwn(raw, key))
  const whole: JsonObject = Object.fromEntries([...missing, ...Object.entries(raw)])
  return labels.reduce((tree, [key, value]) => withKey(tree, key, value), whole)
}

function mapData(raw: JsonObject, change: (data: JsonObject) => JsonObject): JsonObject {
  const data = own(raw, 'data')
  return isObject(data) ? withKey(raw, 'data', change(data)) : raw
}

function addRequiredFields(data: JsonObject): JsonObject {
  const greetings = own(data, 'group_only_greetings')
  return mapEntries(greetings === undefined ? withKey(data, 'group_only_greetings', []) : data, withRequiredFields)
}

/** Changes every entry of a card's lorebook, whether they stand in a list or, as some write them, in an object. */
function mapEntries(data: JsonObject, change: (entry: JsonObject) => JsonObject): JsonObject {
  const book = own(data, 'character_book')
  if (!isObject(book)) return data
  const changeOne = (entry: Json): Json => (isObject(entry) ? change(entry) : entry)
  const entries = own(book, 'entries')
  const changed = Array.isArray(entries)
    ? entries.map(changeOne)
    : isObject(entries)
      ? Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, changeOne(entry)]))
      : undefined
  return changed === undefined ? data : withKey(data, 'character_book', withKey(book, 'entries', changed))
}

function withRequiredFields(entry: JsonObject): JsonObject {
  const useRegex = own(entry, 'use_regex') ?? hasOnlyRegexKeys(own(entry, 'keys'))
  const constant = own(entry, 'constant') ?? false
  return withKey(withKey(entry, 'use_regex', useRegex), 'constant', constant)
}

/** True for keys written `/…/flags`, which V2 programs took for regular expressions without being told. */
function hasOnlyRegexKeys(keys: Json | undefined): boolean {
  return (
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.every((key) => typeof key === 'string' && /^\/.+\/[a-z]*$/s.test(key.trim()))
  )
}

function withoutDecorators(entry: JsonObject): JsonObject {
  const content = own(entry, 'content')
  if (typeof content !== 'string') return entry
  const stripped = stripDecorators(content)
  return stripped === content ? entry : withKey(entry, 'content', stripped)
}
