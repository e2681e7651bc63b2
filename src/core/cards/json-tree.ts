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

/**
 * A copy of a tree with the value at the end of a path replaced, or removed when it is undefined; all else is shared.
 * Keys keep their order, new ones come last. Objects missing on the way are made, in place of null and of other values
 * that can hold no key; an index past the end of a list adds to it.
 */
export function withPlace(
  tree: Json | undefined,
  path: readonly (string | number)[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(tree)) {
    const index = Math.min(Number(step), tree.length)
    if (!Number.isInteger(index) || index < 0) return tree
    const item = withPlace(tree[index], rest, value)
    return item === undefined ? tree.toSpliced(index, 1) : tree.toSpliced(index, 1, item)
  }
  const object: JsonObject = isObject(tree) ? tree : {}
  const item = withPlace(own(object, String(step)), rest, value)
  return item === undefined ? withoutKey(object, String(step)) : withKey(object, String(step), item)
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

/** A copy with keys renamed in their places, save where the new name is taken already. */
export function withKeysRenamed(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const taken = new Set(Object.keys(object))
  const rename = (key: string) => {
    const name = names.get(key)
    if (name === undefined || taken.has(name)) return key
    taken.add(name)
    return name
  }
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [rename(key), value]))
}

/** Takes keys out of an object one by one, so that what nobody asked for is known in the end. */
export interface Picker {
  /** The text under a key, or '' when there is none; values of other kinds stay among the rest. */
  text(key: string): string
  /** The value under a key when it passes, else undefined. */
  take<Kind extends Json>(key: string, passes: (value: Json) => value is Kind): Kind | undefined
  /** What was not taken. */
  rest(): JsonObject
}

export function createPicker(object: JsonObject): Picker {
  const taken = new Set<string>()
  const take = <Kind extends Json>(key: string, passes: (value: Json) => value is Kind) => {
    const value = own(object, key)
    if (value === undefined || !passes(value)) return undefined
    taken.add(key)
    return value
  }
  return {
    take,
    text: (key) => take(key, isText) ?? '',
    rest: () => Object.fromEntries(Object.entries(object).filter(([key]) => !taken.has(key))),
  }
}

export function isText(value: Json): value is string {
  return typeof value === 'string'
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
