import type { CardDocument, Json } from './card.ts'
import { cardFields } from './card-fields.ts'
import { isObject, own } from './json-tree.ts'
import { givenName, viewCard } from './view-card.ts'

/** Extensions that say something of the library a card was in, and nothing of the card. */
const ofLibrary: ReadonlySet<string> = new Set(['fav'])

/**
 * What a card says, whichever format says it and without its pictures: two files of the same meaning are the same card.
 * Empty fields and missing ones mean the same.
 */
export function cardMeaning(document: CardDocument): Json {
  const { name: _name, her: _her, greetings, ...view } = viewCard(document)
  const fields = cardFields(document)
  const extensions = own(fields, 'extensions')
  return (
    withoutEmpty({
      ...view,
      greetings,
      // A name that was taken from the file's is none of the card's.
      name: givenName(document),
      groupGreetings: own(fields, 'group_only_greetings') ?? null,
      book: own(fields, 'character_book') ?? null,
      extensions: isObject(extensions)
        ? Object.fromEntries(Object.entries(extensions).filter(([key]) => !ofLibrary.has(key)))
        : null,
    }) ?? null
  )
}

/** An import asks for it twice, and a large card takes its time. */
const hashes = new WeakMap<CardDocument, string>()

/** A short name for what a card says. Cards of the same meaning have the same one; others hardly ever do. */
export function contentHash(document: CardDocument): string {
  const known = hashes.get(document)
  if (known !== undefined) return known
  const hash = hashText(JSON.stringify(cardMeaning(document)))
  hashes.set(document, hash)
  return hash
}

/** The tree with its keys in order and without what is empty; undefined when nothing is left. */
function withoutEmpty(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    // What is empty in a list holds its place.
    return value.length === 0 ? undefined : value.map((item) => withoutEmpty(item) ?? null)
  }
  if (isObject(value)) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const full = withoutEmpty(item)
      return full === undefined ? [] : [[key, full] as const]
    })
    return entries.length === 0
      ? undefined
      : Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
  }
  return value === null || value === '' ? undefined : value
}

/** 64 bits, mixed as MurmurHash mixes: enough to look cards up by, and no proof against a forger. */
function hashText(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
