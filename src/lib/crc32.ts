/** What a byte does to the remainder; the tables behind the first are for bytes with one, two and three more after them. */
const tables = createTables()

function createTables(): readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
    return remainder
  })
  const withOneMore = (table: Uint32Array) =>
    table.map((remainder) => (remainder >>> 8) ^ (first[remainder & 0xff] ?? 0))
  const second = withOneMore(first)
  const third = withOneMore(second)
  return [first, second, third, withOneMore(third)]
}

/** The CRC-32 of PNG and zip (ISO 3309) over the bytes; four of them at a time, as files are large. */
export function crc32(bytes: Uint8Array): number {
  const [first, second, third, fourth] = tables
  const wholeFours = bytes.length - (bytes.length % 4)
  let crc = 0xffffffff
  let index = 0
  for (; index < wholeFours; index += 4) {
    crc ^=
      (bytes[index] ?? 0) |
      ((bytes[index + 1] ?? 0) << 8) |
      ((bytes[index + 2] ?? 0) << 16) |
      ((bytes[index + 3] ?? 0) << 24)
    crc =
      (fourth[crc & 0xff] ?? 0) ^
      (third[(crc >>> 8) & 0xff] ?? 0) ^
      (second[(crc >>> 16) & 0xff] ?? 0) ^
      (first[crc >>> 24] ?? 0)
  }
  for (; index < bytes.length; index++) crc = (crc >>> 8) ^ (first[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
