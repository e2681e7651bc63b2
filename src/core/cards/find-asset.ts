import { decodeBase64 } from '#lib/base64.ts'
import type { CardDocument, Json, JsonObject } from './card.ts'
import { cardFields } from './card-fields.ts'
import { type CardFile, storedFile } from './card-file.ts'
import { isList, isObject, own } from './json-tree.ts'
import { limits } from './limits.ts'
import { sanitiseLikeRisu } from './zip-names.ts'

/** Something a card says it comes with, and the file that is meant, where there is one. */
export interface Asset {
  readonly type: string
  readonly name: string
  readonly uri: string
  readonly ext: string
  /** Its place in the card's list. */
  readonly index: number
  readonly file?: CardFile
  /** True when the file lies under another name than the card says. */
  readonly isRenamed: boolean
}

/** True for an address of a file that must have come with the card. */
export function isEmbedded(uri: string): boolean {
  return embeddedPath(uri) !== undefined
}

/** The path within the archive that an address points to: `embeded://` in the format's own spelling, or rightly spelt. */
function embeddedPath(uri: string): string | undefined {
  return /^(?:embedd?ed:\/\/|(?=__asset:))(.+)$/s.exec(uri)?.[1]
}

/** The assets of a card, each with its file among those that came with the card. Nothing is fetched from anywhere. */
export function findAssets(document: CardDocument, files: readonly CardFile[]): Asset[] {
  const assets = own(cardFields(document), 'assets')
  if (!isList(assets)) return []
  const find = createFinder(files)
  return assets.flatMap((asset, index) => (isObject(asset) ? [resolve(asset, index, find)] : []))
}

/**
 * The file of a card's main icon, or of its first icon that has one here. Where the file itself is a picture the main
 * icon may say that it is this one, and then has no other.
 */
export function mainIcon(assets: readonly Asset[], isPicture = false): CardFile | undefined {
  const isMain = ({ name }: Asset) => name.toLowerCase() === 'main'
  const icons = assets.filter(({ type }) => type === 'icon')
  for (const icon of [...icons.filter(isMain), ...icons.filter((one) => !isMain(one))]) {
    if (isPicture && icon.uri === 'ccdefault:') return undefined
    const file = icon.file ?? fileInAddress(icon.uri)
    if (file) return file
  }
  return undefined
}

function resolve(asset: JsonObject, index: number, find: Finder): Asset {
  const text = (key: string) => {
    const value: Json | undefined = own(asset, key)
    return typeof value === 'string' ? value : ''
  }
  const uri = text('uri')
  const path = embeddedPath(uri)
  const file = path === undefined ? undefined : find(path)
  return {
    type: text('type'),
    name: text('name'),
    uri,
    ext: text('ext'),
    index,
    isRenamed: path !== undefined && file !== undefined && file.path !== path,
    ...(file ? { file } : {}),
  }
}

/** The file that a `data:` address is. */
export function fileInAddress(uri: string): CardFile | undefined {
  if (uri.length > limits.dataAddress) return undefined
  const comma = /^data:[^,]{0,200};base64,/i.exec(uri)?.[0].length
  const decoded = comma === undefined ? undefined : decodeBase64(new TextEncoder().encode(uri.slice(comma)))
  return decoded?.ok ? storedFile('', decoded.value) : undefined
}

type Finder = (path: string) => CardFile | undefined

/** Ways in which a name in a card and the name of its file are found to differ, from the least to the most liberal. */
const spellings: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => path.normalize('NFC'),
  (path) => path.normalize('NFC').toLowerCase(),
  (path) => sanitiseLikeRisu(path.normalize('NFC')).toLowerCase(),
]

function createFinder(files: readonly CardFile[]): Finder {
  const indexes = spellings.map((spell) => index(files, spell))
  const baseNames = index(files, baseName)
  return (path) => {
    for (const [level, spell] of spellings.entries()) {
      const file = indexes[level]?.get(spell(path))
      if (file) return file
    }
    // A name alone is enough only when there are no two of it.
    return baseNames.get(baseName(path)) ?? undefined
  }

  /** The files by their name as it is spelt; null where two have one. */
  function index(all: readonly CardFile[], spell: (path: string) => string): ReadonlyMap<string, CardFile | null> {
    const found = new Map<string, CardFile | null>()
    for (const file of all) {
      const key = spell(file.path)
      found.set(key, found.has(key) ? null : file)
    }
    return found
  }
}

function baseName(path: string): string {
  return sanitiseLikeRisu(path.slice(path.lastIndexOf('/') + 1).normalize('NFC')).toLowerCase()
}
