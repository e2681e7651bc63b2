import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { t } from '#lib/translate.ts'
import { objectAt, toCount, toFlag, toNumber, toText, toTexts } from './coerce.ts'
import { readDecorators } from './decorators.ts'
import type { LorePlace, LoreRole } from './lore-place.ts'
import type { CharacterFilter, LoreEntry, SearchedField, SecondaryLogic } from './lorebook.ts'

/** No chat is searched deeper than this. */
const maximumScanDepth = 1000

const logics: readonly SecondaryLogic[] = ['any', 'not-all', 'none', 'all']
const roles: readonly LoreRole[] = ['system', 'user', 'assistant']

const searchFlags: readonly (readonly [string, SearchedField])[] = [
  ['match_persona_description', 'persona'],
  ['match_character_description', 'description'],
  ['match_character_personality', 'personality'],
  ['match_scenario', 'scenario'],
  ['match_creator_notes', 'creator-notes'],
]

/**
 * An entry of a card's book made fit for use. What SillyTavern adds lies under `extensions`, where a card has it; the
 * same names beside the entry's own are understood too.
 */
export function viewEntry(entry: JsonObject, id: string): LoreEntry {
  const extensions = objectAt(entry, 'extensions')
  const her = objectAt(extensions, 'her')
  const field = (key: string) => own(extensions, key) ?? own(entry, key)
  const usesRegex = toFlag(own(entry, 'use_regex')) ?? false
  const keys = keysOf(own(entry, 'keys'), usesRegex)
  const { content, decorators } = readDecorators(toText(own(entry, 'content')), linesOf(own(her, 'decorators')))
  const wholeWords = decorators.wholeWords ?? toFlag(field('match_whole_words'))
  const scanDepth = decorators.scanDepth ?? toCount(field('scan_depth'))
  const priority = decorators.priority ?? toNumber(own(entry, 'priority'))
  const scanCharacters = toCount(field('scan_characters'))
  const isCaseSensitive = toFlag(field('case_sensitive'))
  const scoresInGroup = toFlag(field('use_group_scoring'))
  const characterFilter = filterOf(field('character_filter'))
  const knownTo = knownToOf(own(her, 'knownTo'))
  return {
    id,
    title: titleOf(entry, keys, id),
    isEnabled: toFlag(own(entry, 'enabled')) ?? true,
    keys,
    secondaryKeys: keysOf(own(entry, 'secondary_keys'), usesRegex),
    isSelective: toFlag(own(entry, 'selective')) ?? false,
    logic: logics[toCount(field('selectiveLogic')) ?? 0] ?? 'any',
    usesRegex,
    ...(isCaseSensitive === undefined ? {} : { isCaseSensitive }),
    ...(wholeWords === undefined ? {} : { wholeWords }),
    content,
    decorators,
    isConstant: toFlag(own(entry, 'constant')) ?? false,
    order: toNumber(own(entry, 'insertion_order')) ?? 100,
    ...(priority === undefined ? {} : { priority }),
    place: decorators.place ?? placeOf(entry, extensions),
    probability: decorators.probability ?? probabilityOf(field),
    ...(scanDepth === undefined ? {} : { scanDepth: Math.min(scanDepth, maximumScanDepth) }),
    ...(scanCharacters === undefined ? {} : { scanCharacters }),
    groups: toTexts(field('group')),
    winsGroup: toFlag(field('group_override')) ?? false,
    groupWeight: toCount(field('group_weight')) ?? 100,
    ...(scoresInGroup === undefined ? {} : { scoresInGroup }),
    sticky: toCount(field('sticky')) ?? 0,
    cooldown: toCount(field('cooldown')) ?? 0,
    delay: toCount(field('delay')) ?? 0,
    excludesRecursion: decorators.recursion?.isCalled === false || (toFlag(field('exclude_recursion')) ?? false),
    preventsRecursion:
      decorators.recursion?.calls === undefined
        ? (toFlag(field('prevent_recursion')) ?? false)
        : !decorators.recursion.calls,
    recursionLevel: levelOf(field('delay_until_recursion')),
    ignoresBudget: toFlag(field('ignore_budget')) ?? false,
    triggers: toTexts(field('triggers')).map((trigger) => trigger.toLowerCase()),
    ...(characterFilter ? { characterFilter } : {}),
    searches: searchFlags.filter(([flag]) => toFlag(field(flag))).map(([, search]) => search),
    ...(knownTo ? { knownTo } : {}),
  }
}

/** A pattern may hold commas; a lone one is not split at them. */
function keysOf(value: Json | undefined, usesRegex: boolean): string[] {
  const isLonePattern = typeof value === 'string' && (usesRegex || value.trim().startsWith('/'))
  return isLonePattern ? toTexts([value]) : toTexts(value)
}

function linesOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(toText) : []
}

function titleOf(entry: JsonObject, keys: readonly string[], id: string): string {
  const named = toText(own(entry, 'name')).trim() || toText(own(entry, 'comment')).trim()
  return named || keys.slice(0, 3).join(', ') || t('Entry {id}', { id })
}

function placeOf(entry: JsonObject, extensions: JsonObject): LorePlace {
  const written = own(extensions, 'position') ?? own(entry, 'position')
  const role = roles.find((each) => each === own(extensions, 'role')) ?? roles[toCount(own(extensions, 'role')) ?? 0]
  switch (typeof written === 'string' && /^\s*\d+\s*$/.test(written) ? Number(written) : written) {
    case 0:
      return { kind: 'before-character' }
    case 2:
      return { kind: 'note-top' }
    case 3:
      return { kind: 'note-bottom' }
    case 4:
      return { kind: 'depth', depth: toCount(own(extensions, 'depth')) ?? 4, role: role ?? 'system' }
    case 5:
      return { kind: 'examples-top' }
    case 6:
      return { kind: 'examples-bottom' }
    case 7:
      return { kind: 'outlet', name: toText(own(extensions, 'outlet_name')).trim() }
    default:
      return { kind: toText(written).startsWith('before') ? 'before-character' : 'after-character' }
  }
}

function probabilityOf(field: (key: string) => Json | undefined): number {
  if (toFlag(field('useProbability')) === false) return 100
  return Math.min(100, Math.max(0, toNumber(field('probability')) ?? 100))
}

/** `true` is the first level. */
function levelOf(value: Json | undefined): number {
  return typeof value === 'boolean' ? Number(value) : (toCount(value) ?? 0)
}

function filterOf(value: Json | undefined): CharacterFilter | undefined {
  if (!isObject(value)) return undefined
  const names = toTexts(own(value, 'names'))
  const tags = toTexts(own(value, 'tags'))
  if (names.length === 0 && tags.length === 0) return undefined
  return { names, tags, isExclude: toFlag(own(value, 'isExclude')) ?? false }
}

/** Whatever is written there closes the entry: what makes no sense names nobody, and so nobody knows it. */
function knownToOf(value: Json | undefined): string[] | undefined {
  return value === undefined || value === null ? undefined : isObject(value) ? [] : toTexts(value)
}
