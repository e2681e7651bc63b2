import { formatNumber } from '#lib/translate.ts'
/** How many entries, in words. */
export function entriesInWords(count: number): string {
  if (count === 0) return 'No entries'
  return count === 1 ? 'One entry' : `${formatNumber(count)} entries`
}
