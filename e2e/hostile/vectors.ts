import { readFileSync } from 'node:fs'
import { env } from 'node:process'

/** Text that tries to be code, by family, written down from common knowledge. Whatever it is, a page shows it as text. */
const families = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>

/** `npm run chaos:hostile`: all of them, on every screen. */
export const isWhole = env['HOSTILE'] === 'all'

const all = Object.values(families).flat()

/** Every twelfth, from another place in each family, unless it is the whole. */
export const vectors: readonly string[] = isWhole ? all : all.filter((_, index) => index % 12 === 0)
