import { hasBytesAt, latin1Bytes, latin1Text, readUint32Little } from '#lib/bytes.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { ArchiveCard } from './archive-entry.ts'
import type { CardError } from './card-error.ts'
import { checkPicture } from './card-picture.ts'
import { walkJpeg } from './picture-info.ts'
import { readUserComment, unpackComment } from './read-exif.ts'
import { type JsonCard, readJsonCard } from './read-json-card.ts'

const exifPreamble = latin1Bytes('Exif\0\0')

/** The card in EXIF data; nothing when there is none, as in nearly every photograph. */
export function readExifCard(exif: Uint8Array): Result<JsonCard, CardError> | undefined {
  const comment = readUserComment(exif)
  const json = comment && unpackComment(comment)
  return json && readJsonCard(json)
}

/** Reads the card in the EXIF data of a WebP (TavernAI) or a JPEG (Backyard). The file is its picture. */
export function readPictureCard(bytes: Uint8Array, container: 'WebP' | 'JPEG'): Result<ArchiveCard, CardError> {
  const exif = container === 'WebP' ? webpExif(bytes) : jpegExif(bytes)
  const card = exif && readExifCard(exif)
  if (!card) return err({ type: 'no-card-inside', container })
  if (!card.ok) return card
  const picture = checkPicture(bytes)
  return ok({
    document: card.value.document,
    files: [],
    ...(picture.ok ? { picture: picture.value } : {}),
    warnings: picture.ok ? card.value.warnings : [...card.value.warnings, picture.error],
  })
}

/** The EXIF chunk of a WebP (RFC 9649): chunks of a name, a length and data, each filled up to an even length. */
function webpExif(bytes: Uint8Array): Uint8Array | undefined {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = readUint32Little(bytes, at + 4)
    if (latin1Text(bytes.subarray(at, at + 4)) === 'EXIF') return bytes.subarray(at + 8, at + 8 + length)
    at += 8 + length + (length & 1)
  }
  return undefined
}

/** EXIF data stands in the first segment of kind APP1 that says so; XMP is of that kind as well. */
function jpegExif(bytes: Uint8Array): Uint8Array | undefined {
  for (const { marker, data } of walkJpeg(bytes)) {
    if (marker === 0xe1 && hasBytesAt(data, 0, exifPreamble)) return data
  }
  return undefined
}
