import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'

// Lorebooks come with numbers as text, lists as text, and `null` for whatever was not filled in.

export function toText(value: Json | undefined): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A whole or broken number, where there is one. */
export function toNumber(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A count, where there is one; not below 0 and whole. */
export function toCount(value: Json | undefined): number | undefined {
  const number = toNumber(value)
  return number === undefined ? undefined : Math.max(0, Math.trunc(number))
}

export function toFlag(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  if (['true', '1', 'yes', 'on'].includes(word)) return true
  return ['false', '0', 'no', 'off', ''].includes(word) ? false : undefined
}

/** Texts without blanks around them, empty ones left out; a lone text is split at its commas. */
export function toTexts(value: Json | undefined): string[] {
  const items = Array.isArray(value) ? value.map(toText) : toText(value).split(',')
  return items.map((item) => item.trim()).filter((item) => item !== '')
}

/** The object under a key, or an empty one. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = own(object, key)
  return isObject(value) ? value : {}
}
