import { zipSync } from 'fflate'
import type { CardDocument, Json, JsonObject } from './card.ts'
import { cardFields } from './card-fields.ts'
import { editField } from './edit-card.ts'
import { isObject, own } from './json-tree.ts'
import { toV3 } from './project-card.ts'
import { writeJson } from './write-json.ts'

const iconPath = 'assets/icon/images/main.png'
/** Zip can't say when in no year; the same card gives the same bytes. */
const modified = '1980-01-02T00:00:00'

/**
 * A CHARX archive (Character Card V3): `card.json`, and the picture as its main icon, stored as it is. Assets that
 * meant "the picture this card is in" point into the archive; all others stay as they were.
 */
export function writeCharx(document: CardDocument, picture: Uint8Array | undefined): Uint8Array {
  const card = picture ? withIcon({ spec: 'v3', raw: toV3(document) }) : { spec: 'v3' as const, raw: toV3(document) }
  return zipSync(
    {
      'card.json': [new TextEncoder().encode(writeJson(card.raw)), { level: 9 }],
      ...(picture ? { [iconPath]: [picture, { level: 0 }] } : {}),
    },
    { mtime: modified },
  )
}

function withIcon(card: CardDocument): CardDocument {
  const found = own(cardFields(card), 'assets')
  const assets = Array.isArray(found) ? found : []
  const uri = `embeded://${iconPath}`
  const pointed = assets.map((asset) => (isPicture(asset) ? { ...asset, uri, ext: 'png' } : asset))
  if (!pointed.some((asset) => isObject(asset) && own(asset, 'uri') === uri)) {
    const name = pointed.some(isMainIcon) ? 'portrait' : 'main'
    pointed.push({ type: 'icon', uri, name, ext: 'png' })
  }
  return editField(card, 'assets', pointed)
}

function isPicture(asset: Json): asset is JsonObject {
  return isObject(asset) && own(asset, 'uri') === 'ccdefault:'
}

function isMainIcon(asset: Json): boolean {
  return isObject(asset) && own(asset, 'type') === 'icon' && own(asset, 'name') === 'main'
}
