import { hasBytesAt } from '#lib/bytes.ts'
import { decodeText } from './decode-text.ts'
import { pictureType } from './picture-info.ts'
import { holdsZip } from './read-zip.ts'
import type { UnsupportedFormat } from './unsupported-format.ts'

/** `zip` is any archive, also one behind a picture. */
export type SniffedFormat = 'png' | 'jpeg' | 'webp' | 'zip' | 'json' | 'yaml' | 'unknown' | UnsupportedFormat

const zipEntry = Uint8Array.of(0x50, 0x4b, 3, 4)
const textHead = 65_536

/** Tells a file's format from its bytes. Names and endings lie too often to be asked. */
export function sniffFormat(bytes: Uint8Array): SniffedFormat {
  switch (pictureType(bytes)) {
    case 'image/png':
      return 'png'
    case 'image/jpeg':
      return holdsZip(bytes) ? 'zip' : 'jpeg'
    case 'image/webp':
      return 'webp'
    case 'image/gif':
      return 'gif'
    case 'image/avif':
      return 'unknown'
  }
  return hasBytesAt(bytes, 0, zipEntry) ? 'zip' : sniffText(bytes)
}

function sniffText(bytes: Uint8Array): SniffedFormat {
  const head = decodeText(bytes.subarray(0, textHead)).text
  if (/^[{["]/.test(head)) return 'json'
  if (/^<(?:!doctype html|html|head|body)\b/i.test(head)) return 'web-page'
  const isYaml =
    /^["']?(?:char_)?name["']?:/m.test(head) &&
    /^["']?(?:context|persona|greeting|first_mes|description|char_persona)["']?:/m.test(head)
  return isYaml ? 'yaml' : 'unknown'
}
