import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { objectAt, toFlag, toText, toTexts } from './coerce.ts'
import { mapEntries } from './world-info.ts'

/** Other programs' lorebooks as the book of a card. What has no place in one goes to `extensions`, under their name. */
export const foreignBooks = {
  risu: (raw: JsonObject) => convertBook(raw, 'risu', 'data', risuEntry),
  novelai: (raw: JsonObject) => convertBook(raw, 'novelai', 'entries', novelAiEntry),
  agnai: (raw: JsonObject) => convertBook(raw, 'agnai', 'entries', agnaiEntry),
} as const

type Fields = readonly (readonly [string, Json])[]

/** The keys of an entry that were used, and the fields they gave. */
interface Conversion {
  readonly used: readonly string[]
  readonly fields: Fields
}

function convertBook(
  raw: JsonObject,
  program: string,
  entriesKey: string,
  convert: (entry: JsonObject) => Conversion,
): JsonObject {
  const used = new Set(['name', 'description', 'extensions', entriesKey])
  return Object.fromEntries([
    ['name', toText(own(raw, 'name'))],
    ['description', toText(own(raw, 'description'))],
    ['extensions', withLeftovers(raw, program, used)],
    [
      'entries',
      mapEntries(own(raw, entriesKey) ?? [], (entry) => {
        const conversion = convert(entry)
        const extensions = withLeftovers(entry, program, new Set(['extensions', ...conversion.used]))
        return Object.fromEntries([...conversion.fields, ['extensions', extensions]])
      }),
    ],
  ])
}

function withLeftovers(object: JsonObject, program: string, used: ReadonlySet<string>): JsonObject {
  const left = Object.entries(object).filter(([key]) => !used.has(key))
  const extensions = Object.entries(objectAt(object, 'extensions'))
  return Object.fromEntries(left.length > 0 ? [...extensions, [program, Object.fromEntries(left)]] : extensions)
}

/** RisuAI. Folders are rows as well; they say nothing. */
function risuEntry(entry: JsonObject): Conversion {
  const usesRegex = toFlag(own(entry, 'useRegex')) ?? false
  const keysOf = (key: string) => {
    const written = toText(own(entry, key))
    return usesRegex && written !== '' ? [written] : toTexts(written)
  }
  const percent = own(entry, 'activationPercent')
  const isFolder = own(entry, 'mode') === 'folder'
  return {
    used: ['key', 'secondkey', 'insertorder', 'comment', 'content', 'alwaysActive', 'selective', 'useRegex'],
    fields: [
      ['keys', isFolder ? [] : keysOf('key')],
      ['secondary_keys', keysOf('secondkey')],
      ['comment', toText(own(entry, 'comment'))],
      ['content', toText(own(entry, 'content'))],
      ['enabled', !isFolder],
      ['insertion_order', own(entry, 'insertorder') ?? 100],
      ['constant', own(entry, 'alwaysActive') ?? false],
      ['selective', own(entry, 'selective') ?? false],
      ['use_regex', usesRegex],
      ...(percent === undefined || percent === null ? [] : [['probability', percent] as const]),
    ],
  }
}

function novelAiEntry(entry: JsonObject): Conversion {
  const priority = own(objectAt(entry, 'contextConfig'), 'budgetPriority') ?? 400
  const range = own(entry, 'searchRange')
  return {
    used: ['text', 'displayName', 'keys', 'enabled', 'forceActivation', 'id', 'searchRange'],
    fields: [
      ...(own(entry, 'id') === undefined ? [] : [['id', own(entry, 'id') ?? null] as const]),
      ['name', toText(own(entry, 'displayName'))],
      ['keys', toTexts(own(entry, 'keys'))],
      ['content', toText(own(entry, 'text'))],
      ['enabled', own(entry, 'enabled') ?? true],
      ['constant', own(entry, 'forceActivation') ?? false],
      ['insertion_order', priority],
      ['priority', priority],
      ...(range === undefined ? [] : [['scan_characters', range] as const]),
    ],
  }
}

/** Agnai's keywords are whole words, in which `*` and `?` stand for any letters. */
function agnaiEntry(entry: JsonObject): Conversion {
  return {
    used: ['name', 'entry', 'keywords', 'priority', 'weight', 'enabled'],
    fields: [
      ['name', toText(own(entry, 'name'))],
      ['keys', toTexts(own(entry, 'keywords')).map(fromWildcards)],
      ['content', toText(own(entry, 'entry'))],
      ['enabled', own(entry, 'enabled') ?? true],
      ['insertion_order', own(entry, 'weight') ?? 100],
      ...(own(entry, 'priority') === undefined ? [] : [['priority', own(entry, 'priority') ?? null] as const]),
      ['match_whole_words', true],
    ],
  }
}

function fromWildcards(keyword: string): string {
  if (!/[*?]/.test(keyword)) return keyword
  const letters = { '*': '[\\p{L}\\p{N}_]*', '?': '[\\p{L}\\p{N}_]' } as const
  const pattern = keyword.replace(/[\\^$.*+?()[\]{}|/]/g, (sign) =>
    sign === '*' || sign === '?' ? letters[sign] : `\\${sign}`,
  )
  return `/(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_])/iu`
}

/** True for a list, or an object, that holds entries. */
export function holdsEntries(value: Json | undefined): boolean {
  return Array.isArray(value) || isObject(value)
}
