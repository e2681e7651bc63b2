/** A text as a pattern that matches it alone; good with the `u` flag, and not within a class of characters. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
