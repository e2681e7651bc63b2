const numbers = new Intl.NumberFormat()

/** "1 turn", "12 turns". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`
}
