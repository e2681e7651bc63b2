const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const blank = 64
const invalid = 65

const encodeTable = Uint8Array.from(alphabet, (character) => character.charCodeAt(0))
const decodeTable = createDecodeTable()
const padding = 0x3d

function createDecodeTable(): Uint8Array {
  const table = new Uint8Array(256).fill(invalid)
  encodeTable.forEach((code, value) => {
    table[code] = value
  })
  table[0x2d] = 62
  table[0x5f] = 63
  for (const code of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]) table[code] = blank
  return table
}

/** Bytes decoded from base64, or where the first byte that is not base64 stands. */
export type Base64Result =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly offset: number }

/**
 * Decodes base64 given as ASCII bytes, leniently: white space anywhere, padding missing, and the URL alphabet (`-_`)
 * are fine. Anything but white space after the padding is not.
 */
export function decodeBase64(ascii: Uint8Array): Base64Result {
  const output = new Uint8Array(Math.ceil((ascii.length * 3) / 4))
  let length = 0
  let pending = 0
  let bits = 0
  let padded = false
  for (let offset = 0; offset < ascii.length; offset++) {
    const code = ascii[offset] ?? 0
    const value = decodeTable[code] ?? invalid
    if (value === blank) continue
    if (code === padding) {
      padded = true
      continue
    }
    if (value === invalid || padded) return { ok: false, offset }
    pending = ((pending << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      output[length++] = pending >> bits
    }
  }
  return { ok: true, value: output.subarray(0, length) }
}

/** Encodes bytes as ASCII bytes of standard base64: padded, in one line. */
export function encodeBase64(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding)
  let length = 0
  for (let offset = 0; offset < bytes.length; offset += 3) {
    const present = Math.min(3, bytes.length - offset)
    const triple = ((bytes[offset] ?? 0) << 16) | ((bytes[offset + 1] ?? 0) << 8) | (bytes[offset + 2] ?? 0)
    for (let index = 0; index <= present; index++) {
      output[length + index] = encodeTable[(triple >> (18 - 6 * index)) & 63] ?? 0
    }
    length += 4
  }
  return output
}
