import { formatNumber } from '#lib/translate.ts'
/** "1 turn", "12 turns". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
