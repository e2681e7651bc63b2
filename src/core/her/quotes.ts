const pairs: Readonly<Record<string, string>> = { '"': '"', '“': '”' }

/** Whether `text` is one string in double quotes, straight or curly, from its first character to its last. */
export function isOneQuote(text: string): boolean {
  const opening = text.charAt(0)
  const closing = pairs[opening]
  if (closing === undefined || text.length < 3 || text.at(-1) !== closing) return false
  const inside = text.slice(1, -1)
  return inside.trim() !== '' && !inside.includes(opening) && !inside.includes(closing)
}
