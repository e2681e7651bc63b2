/** Bytes without the white space and NULs at both ends. */
export function trimBytes(bytes: Uint8Array): Uint8Array {
  const isMargin = (byte: number | undefined) => byte !== undefined && byte <= 0x20
  let start = 0
  let end = bytes.length
  while (start < end && isMargin(bytes[start])) start++
  while (end > start && isMargin(bytes[end - 1])) end--
  return bytes.subarray(start, end)
}
