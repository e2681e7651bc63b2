import { hasBytesAt, latin1Text } from '#lib/bytes.ts'

/** Bytes read as text. */
export interface DecodedText {
  readonly text: string
  /** True when bytes that are not UTF-8 were replaced by U+FFFD. */
  readonly lossy: boolean
}

/**
 * Decodes the text of a card: UTF-8, or UTF-16 by its byte order mark or by the NUL beside its first character. Byte
 * order marks, and NULs and white space at both ends, are left out. Bytes that are not UTF-8 are replaced, and
 * that is told; with `orLatin1` they are read as Latin-1, which PNG's tEXt chunks are by definition.
 */
export function decodeText(bytes: Uint8Array, orLatin1 = false): DecodedText {
  const utf16 = utf16Order(bytes)
  if (utf16) return { text: trimText(new TextDecoder(utf16).decode(bytes)), lossy: false }
  try {
    return { text: trimText(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), lossy: false }
  } catch {
    return orLatin1
      ? { text: trimText(latin1Text(bytes)), lossy: false }
      : { text: trimText(new TextDecoder().decode(bytes)), lossy: true }
  }
}

function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (hasBytesAt(bytes, 0, [0xff, 0xfe])) return 'utf-16le'
  if (hasBytesAt(bytes, 0, [0xfe, 0xff])) return 'utf-16be'
  const [first, second] = bytes
  if (first === 0 && isJsonStart(second)) return 'utf-16be'
  return second === 0 && isJsonStart(first) ? 'utf-16le' : undefined
}

function isJsonStart(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b || byte === 0x22
}

function trimText(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isMargin(text.charCodeAt(start))) start++
  while (end > start && isMargin(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isMargin(code: number): boolean {
  return code === 0 || code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff
}
