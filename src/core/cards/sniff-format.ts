import { hasBytesAt, indexOfBytes, latin1Bytes } from '#lib/bytes.ts'
import { decodeText } from './decode-text.ts'
import { looksLikePng } from './png-chunks.ts'
import type { UnsupportedFormat } from './unsupported-format.ts'

export type SniffedFormat = 'png' | 'json' | 'unknown' | UnsupportedFormat

const zipEntry = Uint8Array.of(0x50, 0x4b, 3, 4)
const zipEnd = Uint8Array.of(0x50, 0x4b, 5, 6)
/** The end record of a zip stands within this many bytes of the end: 22 and a comment of up to 65,535. */
const zipEndReach = 65_557
const textHead = 65_536

/** Tells a file's format from its bytes. Names and endings lie too often to be asked. */
export function sniffFormat(bytes: Uint8Array): SniffedFormat {
  if (looksLikePng(bytes)) return 'png'
  if (hasBytesAt(bytes, 0, zipEntry)) return sniffZip(bytes)
  if (hasBytesAt(bytes, 0, [0xff, 0xd8, 0xff])) {
    return indexOfBytes(bytes, zipEnd, Math.max(0, bytes.length - zipEndReach)) < 0 ? 'jpeg' : 'jpeg-charx'
  }
  if (hasBytesAt(bytes, 0, latin1Bytes('RIFF')) && hasBytesAt(bytes, 8, latin1Bytes('WEBP'))) return 'webp'
  if (hasBytesAt(bytes, 0, latin1Bytes('GIF8'))) return 'gif'
  return sniffText(bytes)
}

function sniffZip(bytes: Uint8Array): UnsupportedFormat {
  if (indexOfBytes(bytes, latin1Bytes('card.json')) >= 0) return 'charx'
  return indexOfBytes(bytes, latin1Bytes('scenarios/')) >= 0 ? 'backyard-archive' : 'zip'
}

function sniffText(bytes: Uint8Array): SniffedFormat {
  const head = decodeText(bytes.subarray(0, textHead)).text
  if (/^[{["]/.test(head)) return 'json'
  if (/^<(?:!doctype html|html|head|body)\b/i.test(head)) return 'web-page'
  const isYaml = /^name:/m.test(head) && /^(?:context|persona|greeting|first_mes):/m.test(head)
  return isYaml ? 'yaml' : 'unknown'
}
