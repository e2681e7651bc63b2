import { deflateSync } from 'fflate'
import { crc32 } from '#lib/crc32.ts'
import type { CardDocument, Json, JsonObject } from './card.ts'
import { cardFields } from './card-fields.ts'
import { type CardFile, storedFile } from './card-file.ts'
import type { CardPicture } from './card-picture.ts'
import { editField } from './edit-card.ts'
import { type Asset, fileInAddress, findAssets } from './find-asset.ts'
import { isList, isObject, own, withKey } from './json-tree.ts'
import { limits } from './limits.ts'
import { toV3 } from './project-card.ts'
import { writeJson } from './write-json.ts'
import { writeZip } from './write-zip.ts'
import { isSafeName } from './zip-names.ts'

/**
 * A CHARX archive (Character Card V3): `card.json`, the files that came with the card, packed as they came, and the
 * picture as an icon unless it is among them. Assets that meant "the picture this card is in", and those whose file has
 * another name than they say, point to their entry; all others stay as they were.
 */
export function writeCharx(
  document: CardDocument,
  picture: CardPicture | undefined,
  files: readonly CardFile[],
): Uint8Array<ArrayBuffer> {
  const v3: CardDocument = { spec: 'v3', raw: toV3(document) }
  const assets = findAssets(v3, files)
  const named = nameFiles(files, assets)
  const pointed = pointToFiles(v3, assets, named)
  const isThere = picture === undefined || holdsPicture(picture, assets)
  const icon = isThere ? undefined : storedFile(freeName(iconPath(picture), new Set(named.values())), picture.bytes)
  const card = icon ? withIcon(pointed, icon.path) : pointed
  const kept = [...named].map(([file, path]) => ({ ...file, path }))
  return writeZip([cardEntry(card), ...(icon ? [icon] : []), ...kept])
}

/** The card, packed unless that would make it so small that readers take it for a bomb. */
function cardEntry({ raw }: CardDocument): CardFile {
  const json = storedFile('card.json', new TextEncoder().encode(writeJson(raw)))
  const packed = deflateSync(json.packed, { level: 9 })
  return json.size > packed.length * limits.cardRatio ? json : { ...json, method: 8, packed }
}

function iconPath({ type }: CardPicture): string {
  return `assets/icon/images/main.${extension(type)}`
}

function extension(type: CardPicture['type']): string {
  return type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length)
}

/** The name of each file in the archive: its own, save for assets from a PNG, which have none. */
function nameFiles(files: readonly CardFile[], assets: readonly Asset[]): Map<CardFile, string> {
  const named = new Map<CardFile, string>()
  const taken = new Set(['card.json'])
  for (const file of files) {
    if (!isSafeName(file.path)) continue
    const isNameless = file.path.startsWith('__asset:')
    const asset = isNameless ? assets.find((one) => one.file === file) : undefined
    const wanted = isNameless ? assetPath(asset, file) : file.path
    const name = freeName(wanted, taken)
    taken.add(name)
    named.set(file, name)
  }
  return named
}

function assetPath(asset: Asset | undefined, file: CardFile): string {
  const plain = (text: string) => text.replace(/[^\w-]+/g, '_').slice(0, 60)
  const name = plain(asset?.name || file.path.slice('__asset:'.length)) || 'asset'
  return `assets/${plain(asset?.type ?? '') || 'other'}/other/${name}.${plain(asset?.ext ?? '') || 'bin'}`
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const [, stem = wanted, ending = ''] = /^(.*?)(\.[^./]*)?$/s.exec(wanted) ?? []
  let name = wanted
  for (let count = 1; taken.has(name); count++) name = `${stem}_${count}${ending}`
  return name
}

function pointToFiles(
  card: CardDocument,
  assets: readonly Asset[],
  named: ReadonlyMap<CardFile, string>,
): CardDocument {
  const list = own(cardFields(card), 'assets')
  if (!isList(list)) return card
  const uris = new Map<number, string>()
  for (const { index, file, uri } of assets) {
    const path = file && named.get(file)
    const isRight = path === undefined || uri === `embeded://${path}` || uri === `embedded://${path}`
    if (!isRight) uris.set(index, `embeded://${path}`)
  }
  if (uris.size === 0) return card
  const point = (asset: Json, index: number): Json => {
    const uri = uris.get(index)
    return uri !== undefined && isObject(asset) ? withKey(asset, 'uri', uri) : asset
  }
  return editField(card, 'assets', list.map(point))
}

/** True when one of the card's icons is this very picture. */
function holdsPicture({ bytes }: CardPicture, assets: readonly Asset[]): boolean {
  const checksum = crc32(bytes)
  return assets.some(({ type, uri, file }) => {
    const icon = type === 'icon' ? (file ?? fileInAddress(uri)) : undefined
    return icon?.size === bytes.length && icon.checksum === checksum
  })
}

function withIcon(card: CardDocument, path: string): CardDocument {
  const found = own(cardFields(card), 'assets')
  const assets = isList(found) ? found : []
  const uri = `embeded://${path}`
  const ext = path.slice(path.lastIndexOf('.') + 1)
  const pointed: Json[] = assets.map((asset) => (isPicture(asset) ? { ...asset, uri, ext } : asset))
  if (!pointed.some((asset) => isObject(asset) && own(asset, 'uri') === uri)) {
    const name = pointed.some(isMainIcon) ? 'portrait' : 'main'
    pointed.push({ type: 'icon', uri, name, ext })
  }
  return editField(card, 'assets', pointed)
}

function isPicture(asset: Json): asset is JsonObject {
  return isObject(asset) && own(asset, 'uri') === 'ccdefault:'
}

function isMainIcon(asset: Json): boolean {
  return isObject(asset) && own(asset, 'type') === 'icon' && own(asset, 'name') === 'main'
}
