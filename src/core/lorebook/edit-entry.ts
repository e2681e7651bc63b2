import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own, withKey, withoutKey, withPlace } from '#core/cards/json-tree.ts'
import { toFlag, toText } from './coerce.ts'
import type { LorePlace, LoreRole } from './lore-place.ts'
import type { LoreEntry, SecondaryLogic } from './lorebook.ts'

/** How entries are written: as those of a card's book, or as SillyTavern keeps them in world info. */
export type EntryDialect = 'card' | 'world-info'

/** Where a field of an entry itself can be put. The other places are decorators'. */
export type WritablePlace = Exclude<LorePlace, { kind: 'reverse-depth' | 'personality' | 'scenario' }> & {
  readonly kind: keyof typeof placeNumbers
}

/** Fields whose value an entry may leave to its book or to the app: undefined does. */
interface OptionalFields {
  readonly isCaseSensitive: boolean | undefined
  readonly wholeWords: boolean | undefined
  readonly scanDepth: number | undefined
  /** Undefined: everyone. */
  readonly knownTo: readonly string[] | undefined
}

/** What is to be different about an entry. What is not named stays as its author wrote it. */
export type EntryEdit = Partial<
  Pick<
    LoreEntry,
    | 'title'
    | 'isEnabled'
    | 'keys'
    | 'secondaryKeys'
    | 'usesRegex'
    | 'isConstant'
    | 'order'
    | 'probability'
    | 'sticky'
    | 'cooldown'
    | 'delay'
    | 'excludesRecursion'
    | 'preventsRecursion'
    | 'recursionLevel'
    | 'groups'
    | 'winsGroup'
    | 'groupWeight'
    | 'ignoresBudget'
  > & {
    /** As it is written, decorator lines and all. */
    readonly content: string
    readonly place: WritablePlace
    /** Undefined: secondary keys don't count. */
    readonly logic: SecondaryLogic | undefined
  } & OptionalFields
>

type Change = (entry: JsonObject, dialect: EntryDialect) => JsonObject

/** A copy of an entry with only that changed which the edit names, in the words of the program that wrote it. */
export function editEntry(entry: JsonObject, edit: EntryEdit, dialect: EntryDialect): JsonObject {
  return (Object.keys(edit) as (keyof EntryEdit)[]).reduce(
    (edited, field) => changeOf(field, edit)(edited, dialect),
    entry,
  )
}

/** What of an entry is written as its content, decorator lines and all. */
export function writtenContent(entry: JsonObject): string {
  return toText(own(entry, 'content'))
}

/** What an entry is called by its author, if at all. */
export function writtenTitle(entry: JsonObject): string {
  return toText(own(entry, 'name')).trim() || toText(own(entry, 'comment'))
}

function changeOf(field: keyof EntryEdit, edit: EntryEdit): Change {
  switch (field) {
    case 'title':
      return (entry) => writeTitle(entry, edit.title ?? '')
    case 'isEnabled':
      return (entry, dialect) => writeEnabled(entry, edit.isEnabled ?? true, dialect)
    case 'place':
      return (entry, dialect) => (edit.place ? writePlace(entry, edit.place, dialect) : entry)
    case 'logic':
      return (entry, dialect) => writeLogic(entry, edit.logic, dialect)
    case 'probability':
      return (entry, dialect) => writeProbability(entry, edit.probability ?? 100, dialect)
    case 'knownTo':
      return (entry) => asObject(withPlace(entry, ['extensions', 'her', 'knownTo'], edit.knownTo), entry)
    case 'groups':
      return (entry, dialect) => write(entry, 'groups', edit.groups?.join(', '), dialect)
    default:
      return (entry, dialect) => write(entry, field, edit[field] as Json | undefined, dialect)
  }
}

/** Under which key a field is kept: by a card's book, and by world info. */
interface FieldName {
  readonly card: string
  readonly worldInfo: string
  /** Cards keep it under `extensions`: always, or where it is there already. */
  readonly extension?: 'always' | 'where-it-is'
}

const names: Readonly<
  Record<Exclude<keyof EntryEdit, 'title' | 'isEnabled' | 'place' | 'logic' | 'probability' | 'knownTo'>, FieldName>
> = {
  keys: { card: 'keys', worldInfo: 'key' },
  secondaryKeys: { card: 'secondary_keys', worldInfo: 'keysecondary' },
  content: { card: 'content', worldInfo: 'content' },
  usesRegex: { card: 'use_regex', worldInfo: 'use_regex' },
  isConstant: { card: 'constant', worldInfo: 'constant' },
  order: { card: 'insertion_order', worldInfo: 'order' },
  isCaseSensitive: { card: 'case_sensitive', worldInfo: 'caseSensitive', extension: 'where-it-is' },
  wholeWords: { card: 'match_whole_words', worldInfo: 'matchWholeWords', extension: 'always' },
  scanDepth: { card: 'scan_depth', worldInfo: 'scanDepth', extension: 'always' },
  sticky: { card: 'sticky', worldInfo: 'sticky', extension: 'always' },
  cooldown: { card: 'cooldown', worldInfo: 'cooldown', extension: 'always' },
  delay: { card: 'delay', worldInfo: 'delay', extension: 'always' },
  excludesRecursion: { card: 'exclude_recursion', worldInfo: 'excludeRecursion', extension: 'always' },
  preventsRecursion: { card: 'prevent_recursion', worldInfo: 'preventRecursion', extension: 'always' },
  recursionLevel: { card: 'delay_until_recursion', worldInfo: 'delayUntilRecursion', extension: 'always' },
  groups: { card: 'group', worldInfo: 'group', extension: 'always' },
  winsGroup: { card: 'group_override', worldInfo: 'groupOverride', extension: 'always' },
  groupWeight: { card: 'group_weight', worldInfo: 'groupWeight', extension: 'always' },
  ignoresBudget: { card: 'ignore_budget', worldInfo: 'ignoreBudget', extension: 'always' },
}

function write(
  entry: JsonObject,
  field: keyof typeof names,
  value: Json | undefined,
  dialect: EntryDialect,
): JsonObject {
  return writeAs(entry, names[field], value, dialect)
}

/** Writes where the reader of entries (`viewEntry`, through `worldInfoToBook`) looks first. */
function writeAs(entry: JsonObject, name: FieldName, value: Json | undefined, dialect: EntryDialect): JsonObject {
  if (value === undefined) return clear(entry, name, dialect)
  if (dialect === 'world-info') {
    // An entry that has the card's own key beside it is read by that.
    const isCards = name.extension === undefined && Object.hasOwn(entry, name.card)
    return withKey(entry, isCards ? name.card : name.worldInfo, value)
  }
  const extensions = own(entry, 'extensions')
  const isInExtensions = isObject(extensions) && Object.hasOwn(extensions, name.card)
  const isExtension = isInExtensions || (name.extension === 'always' && !Object.hasOwn(entry, name.card))
  return isExtension
    ? asObject(withPlace(entry, ['extensions', name.card], value), entry)
    : withKey(entry, name.card, value)
}

/** Takes a field away wherever it might be read from. */
function clear(entry: JsonObject, { card, worldInfo }: FieldName, dialect: EntryDialect): JsonObject {
  const extensions = own(entry, 'extensions')
  const isInExtensions = isObject(extensions) && Object.hasOwn(extensions, card)
  const beside = isInExtensions ? withKey(entry, 'extensions', withoutKey(extensions, card)) : entry
  const cleared = withoutKey(beside, card)
  // SillyTavern writes null where its own setting decides.
  return dialect === 'world-info' && Object.hasOwn(cleared, worldInfo) ? withKey(cleared, worldInfo, null) : cleared
}

function writeTitle(entry: JsonObject, title: string): JsonObject {
  const isNamed = toText(own(entry, 'name')).trim() !== ''
  if (title.trim() === '' && isNamed) return withKey(withKey(entry, 'name', ''), 'comment', '')
  return withKey(entry, isNamed ? 'name' : 'comment', title)
}

function writeEnabled(entry: JsonObject, isEnabled: boolean, dialect: EntryDialect): JsonObject {
  if (dialect === 'card') return withKey(entry, 'enabled', isEnabled)
  const edited = withKey(entry, 'disable', !isEnabled)
  return Object.hasOwn(entry, 'enabled') ? withKey(edited, 'enabled', isEnabled) : edited
}

const logicNumbers: Readonly<Record<SecondaryLogic, number>> = { any: 0, 'not-all': 1, none: 2, all: 3 }
const logicName: FieldName = { card: 'selectiveLogic', worldInfo: 'selectiveLogic', extension: 'always' }

function writeLogic(entry: JsonObject, logic: SecondaryLogic | undefined, dialect: EntryDialect): JsonObject {
  const edited = withKey(entry, 'selective', logic !== undefined)
  return logic === undefined ? edited : writeAs(edited, logicName, logicNumbers[logic], dialect)
}

function writeProbability(entry: JsonObject, probability: number, dialect: EntryDialect): JsonObject {
  const edited = writeAs(
    entry,
    { card: 'probability', worldInfo: 'probability', extension: 'always' },
    probability,
    dialect,
  )
  const extensions = own(entry, 'extensions')
  const isOff = [own(entry, 'useProbability'), isObject(extensions) ? own(extensions, 'useProbability') : undefined]
  if (!isOff.some((value) => toFlag(value) === false)) return edited
  return writeAs(edited, { card: 'useProbability', worldInfo: 'useProbability', extension: 'always' }, true, dialect)
}

/** As SillyTavern counts them. */
const placeNumbers = {
  'before-character': 0,
  'after-character': 1,
  'note-top': 2,
  'note-bottom': 3,
  depth: 4,
  'examples-top': 5,
  'examples-bottom': 6,
  outlet: 7,
} as const

const roleNumbers: Readonly<Record<LoreRole, number>> = { system: 0, user: 1, assistant: 2 }

/** Tells whether a place is one that a field can name; the others are decorators' alone. */
export function isWritablePlace(place: LorePlace): place is WritablePlace {
  return Object.hasOwn(placeNumbers, place.kind)
}

function writePlace(entry: JsonObject, place: WritablePlace, dialect: EntryDialect): JsonObject {
  const number = placeNumbers[place.kind]
  const details: Record<string, Json> =
    place.kind === 'depth'
      ? { depth: place.depth, role: roleNumbers[place.role] }
      : place.kind === 'outlet'
        ? { outlet_name: place.name }
        : {}
  if (dialect === 'world-info') {
    const named = Object.entries(details).map(([key, value]) => [key === 'outlet_name' ? 'outletName' : key, value])
    return [['position', number], ...named].reduce(
      (edited, [key, value]) => withKey(edited, String(key), value as Json),
      entry,
    )
  }
  const extensions = own(entry, 'extensions')
  const inWords = number === 0 ? 'before_char' : 'after_char'
  const isPlain = number <= 1 && !(isObject(extensions) && Object.hasOwn(extensions, 'position'))
  if (isPlain) return withKey(entry, 'position', inWords)
  const edited = Object.entries({ position: number, ...details }).reduce(
    (tree, [key, value]) => asObject(withPlace(tree, ['extensions', key], value), tree),
    entry,
  )
  return number <= 1 && Object.hasOwn(entry, 'position') ? withKey(edited, 'position', inWords) : edited
}

function asObject(tree: Json | undefined, otherwise: JsonObject): JsonObject {
  return isObject(tree) ? tree : otherwise
}
