/** Several stretches of bytes as one. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** True when the bytes at `offset` are these; false past the end. */
export function hasBytesAt(bytes: Uint8Array, offset: number, wanted: ArrayLike<number>): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[offset + index] !== wanted[index]) return false
  }
  return true
}

/** Where `wanted` next stands whole in the bytes between `from` and `to`, or -1. */
export function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, from = 0, to = bytes.length): number {
  const first = wanted[0]
  if (first === undefined) return from
  for (let at = bytes.indexOf(first, from); at >= 0 && at + wanted.length <= to; at = bytes.indexOf(first, at + 1)) {
    if (hasBytesAt(bytes, at, wanted)) return at
  }
  return -1
}

/** The 32-bit big-endian number at `offset`; bytes past the end count as 0. */
export function readUint32(bytes: Uint8Array, offset: number): number {
  const byte = (index: number) => bytes[offset + index] ?? 0
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0
}

/** A number as four bytes, big-endian. */
export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

/** The code units of a text as bytes: for ASCII and Latin-1 only. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Bytes as ISO 8859-1, one character each. (TextDecoder's "latin1" is Windows-1252.) */
export function latin1Text(bytes: Uint8Array): string {
  let text = ''
  // In stretches, as engines limit how many arguments a call may have.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** The 16-bit little-endian number at `offset`; bytes past the end count as 0. */
export function readUint16Little(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8)
}

/** The 32-bit little-endian number at `offset`; bytes past the end count as 0. */
export function readUint32Little(bytes: Uint8Array, offset: number): number {
  return (readUint16Little(bytes, offset) | (readUint16Little(bytes, offset + 2) << 16)) >>> 0
}

/** A number as two bytes, little-endian. */
export function uint16Little(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8)
}

/** A number as four bytes, little-endian. */
export function uint32Little(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
}

/** Two letters a byte. */
export function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The bytes that such a text stands for; undefined where it is none. */
export function hexBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
