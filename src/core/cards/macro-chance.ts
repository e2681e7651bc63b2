/** Dice of one roll, and their faces, at most. */
const maximumDice = 1000
const maximumFaces = 1_000_000

const notation = /^(\d{0,4})d(\d{1,7})(?:\s*([+-])\s*(\d{1,7}))?$/i

/**
 * The choices of `{{random:a,b}}` or `{{pick::a::b}}`: where `::` occurs it alone parts them, else commas do, of which
 * `\,` is one that doesn't.
 */
export function choicesOf(argument: string): string[] {
  const parts = argument.includes('::')
    ? argument.split('::')
    : argument.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ','))
  return parts.map((part) => part.trim())
}

export function choose(choices: readonly string[], random: number): string {
  return choices[Math.min(choices.length - 1, Math.floor(random * choices.length))] ?? ''
}

/** The sum of `2d6+3`, `d20` or `20`; nothing where that is no roll of dice. */
export function rollDice(written: string, random: () => number): string {
  const roll = written.trim()
  const [, count, faces, sign, more] = notation.exec(/^\d{1,7}$/.test(roll) ? `1d${roll}` : roll) ?? []
  const dice = count === '' ? 1 : Number(count)
  const sides = Number(faces)
  if (!(dice >= 1 && dice <= maximumDice && sides >= 1 && sides <= maximumFaces)) return ''
  let sum = Number(more ?? 0) * (sign === '-' ? -1 : 1)
  for (let die = 0; die < dice; die++) sum += 1 + Math.floor(random() * sides)
  return String(sum)
}
