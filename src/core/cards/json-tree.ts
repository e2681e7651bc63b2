import type { Json, JsonObject } from './card.ts'

// A card is written by strangers, so its keys may be `__proto__` or `constructor`. Every look-up here asks for own
// keys, and every copy goes through Object.fromEntries, which defines keys and never calls the prototype setter.

/** True for a JSON object: neither an array nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value under a key of the object itself; what it inherits is not looked at. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** A copy with one key set: in its old place when it was there, else at the end. */
export function withKey(object: JsonObject, key: string, value: Json): JsonObject {
  const entries = Object.entries(object)
  const at = entries.findIndex(([name]) => name === key)
  if (at < 0) entries.push([key, value])
  else entries[at] = [key, value]
  return Object.fromEntries(entries)
}

/** A copy without a key; the object itself when it has none such. */
export function withoutKey(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

/** True when two trees say the same; the order of keys does not matter. */
export function jsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (Object.is(left, right)) return true
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => jsonEqual(item, right[index]))
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left)
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))
    )
  }
  return false
}
