import { hasBytesAt } from '#lib/bytes.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Budget } from './budget.ts'
import { type CardFile, unpackFile } from './card-file.ts'
import type { CardWarning } from './card-warning.ts'
import { isOversized, type PictureType, pictureSize, pictureType } from './picture-info.ts'
import { pngSignature } from './png-chunks.ts'

/** A picture as it came. */
export interface CardPicture {
  readonly bytes: Uint8Array
  readonly type: PictureType
}

/** The bytes as a picture that can be shown: its header was checked, its pixels were not decoded. */
export function checkPicture(bytes: Uint8Array): Result<CardPicture, CardWarning> {
  const type = pictureType(bytes)
  // A PNG with a damaged signature is known for one, and shown by no browser.
  const isDamaged = type === 'image/png' && !hasBytesAt(bytes, 0, pngSignature)
  if (!type || isDamaged) return err({ type: 'unshowable-picture' })
  const size = pictureSize(bytes, type)
  if (size && isOversized(size)) return err({ type: 'oversized-picture', ...size })
  return size || type === 'image/avif' ? ok({ bytes, type }) : err({ type: 'unshowable-picture' })
}

/** The picture a file is, unpacked. */
export function pictureIn(file: CardFile, budget: Budget): Result<CardPicture, CardWarning> {
  const unpacked = unpackFile(file, budget)
  return unpacked.ok ? checkPicture(unpacked.value.bytes) : err({ type: 'unshowable-picture' })
}
