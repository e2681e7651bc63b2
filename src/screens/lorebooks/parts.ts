const prefix = 'entry-'

/** The end of the address of an entry. */
export function partOf(entryId: string): string {
  return prefix + encodeURIComponent(entryId)
}

/** The entry an address ends with, if it does. */
export function entryOf(part: string | undefined): string | undefined {
  if (!part?.startsWith(prefix)) return undefined
  const written = part.slice(prefix.length)
  try {
    return decodeURIComponent(written)
  } catch {
    // The router has decoded it already.
    return written
  }
}
