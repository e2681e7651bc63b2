import { t } from '#lib/translate.ts'
import { fromAgnai } from './agnai-card.ts'
import { fromBackyard } from './backyard-card.ts'
import type { CardDocument, Json, JsonObject } from './card.ts'
import type { CardWarning } from './card-warning.ts'
import { isObject, own } from './json-tree.ts'
import { renamedCard } from './renamed-card.ts'
import type { UnsupportedFormat } from './unsupported-format.ts'

/** What a JSON tree is. */
export type Recognised =
  | {
      readonly kind: 'card'
      readonly spec: CardDocument['spec']
      readonly raw: JsonObject
      readonly warnings: readonly CardWarning[]
    }
  /** A list in which there are cards, beside whatever else. */
  | { readonly kind: 'several'; readonly items: readonly Json[] }
  | { readonly kind: 'unsupported'; readonly format: UnsupportedFormat }
  | { readonly kind: 'unknown'; readonly found: string }

/** Fields that only a character has. A name alone may be anything's. */
const tellingFields = ['description', 'first_mes', 'mes_example', 'personality', 'scenario']

/**
 * Tells what a tree is, by its label first: most V2 and V3 cards carry the V1 fields at their root as well, and taking
 * them for V1 would lose all the rest.
 */
export function recogniseJson(value: Json): Recognised {
  if (Array.isArray(value)) {
    return value.some((item) => isObject(item) && recogniseJson(item).kind === 'card')
      ? { kind: 'several', items: value }
      : { kind: 'unknown', found: value.length === 0 ? t('an empty list') : t('a list') }
  }
  if (!isObject(value)) return { kind: 'unknown', found: t('a single value') }
  return labelledCard(value) ?? foreignFormat(value) ?? unlabelledCard(value) ?? chat(value) ?? unknownObject(value)
}

function labelledCard(raw: JsonObject): Recognised | undefined {
  const label = own(raw, 'spec')
  const name = typeof label === 'string' ? label.trim().toLowerCase() : ''
  const hasData = isObject(own(raw, 'data'))
  if (!name.startsWith('chara_card_') || !(hasData || hasTellingField(raw))) return undefined
  if (name === 'chara_card_v1' && !hasData) return { kind: 'card', spec: 'v1', raw, warnings: [] }
  const spec = name === 'chara_card_v2' ? 'v2' : 'v3'
  const warning = labelWarning(name, raw) ?? (hasData ? undefined : { type: 'missing-data' as const })
  return { kind: 'card', spec, raw, warnings: warning ? [warning] : [] }
}

function labelWarning(name: string, raw: JsonObject): CardWarning | undefined {
  if (name !== 'chara_card_v2' && name !== 'chara_card_v3') return { type: 'unknown-spec', found: name.slice(0, 40) }
  const version = own(raw, 'spec_version')
  const found = typeof version === 'number' || typeof version === 'string' ? String(version) : ''
  return name === 'chara_card_v3' && Number.parseFloat(found) > 3
    ? { type: 'newer-version', found: found.slice(0, 40) }
    : undefined
}

/** Formats told by their own keys, of which some would pass for a V1 card otherwise. */
function foreignFormat(raw: JsonObject): Recognised | undefined {
  const has = (key: string) => Object.hasOwn(raw, key)
  const character = own(raw, 'character')
  const isLorebook =
    own(raw, 'spec') === 'lorebook_v3' ||
    own(raw, 'type') === 'risu' ||
    own(raw, 'kind') === 'memory' ||
    (has('entries') && typeof own(raw, 'entries') === 'object' && !has('first_mes'))
  if (isLorebook) return { kind: 'unsupported', format: 'lorebook' }
  if (own(raw, 'kind') === 'character' || (has('greeting') && has('sampleChat') && has('persona'))) {
    return { kind: 'card', spec: 'v3', ...fromAgnai(raw) }
  }
  if (isObject(character) && Object.hasOwn(character, 'aiPersona')) {
    return { kind: 'card', spec: 'v3', ...fromBackyard(raw, character) }
  }
  const renamed = renamedCard(raw)
  return (
    renamed && { kind: 'card', spec: 'v1', raw: renamed.raw, warnings: [{ type: 'converted', from: renamed.from }] }
  )
}

function unlabelledCard(raw: JsonObject): Recognised | undefined {
  const data = own(raw, 'data')
  if (isObject(data) && hasTellingField(data))
    return { kind: 'card', spec: 'v2', raw, warnings: [{ type: 'missing-spec' }] }
  return hasTellingField(raw) ? { kind: 'card', spec: 'v1', raw, warnings: [] } : undefined
}

function chat(raw: JsonObject): Recognised | undefined {
  const has = (key: string) => Object.hasOwn(raw, key)
  const type = own(raw, 'type')
  const isChat =
    type === 'risuChat' ||
    type === 'risuAllChats' ||
    has('chat_metadata') ||
    (has('user_name') && has('character_name')) ||
    (has('name') && has('mes')) ||
    has('histories') ||
    has('data_visible') ||
    (has('savedsettings') && has('actions')) ||
    Array.isArray(own(raw, 'messages'))
  return isChat ? { kind: 'unsupported', format: 'chat' } : undefined
}

function unknownObject(raw: JsonObject): Recognised {
  const keys = Object.keys(raw)
  if (keys.length === 0) return { kind: 'unknown', found: t('an empty object') }
  const shown = keys.slice(0, 4).map((key) => JSON.stringify(key.length > 30 ? `${key.slice(0, 30)}…` : key))
  return {
    kind: 'unknown',
    found:
      keys.length > shown.length
        ? t('an object with {keys} and more', { keys: shown.join(', ') })
        : t('an object with {keys}', { keys: shown.join(', ') }),
  }
}

function hasTellingField(fields: JsonObject): boolean {
  return tellingFields.some((field) => typeof own(fields, field) === 'string')
}
