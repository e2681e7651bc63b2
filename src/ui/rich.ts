import { createElement, Fragment, type ReactNode } from 'react'
import { say } from '#lib/translate.ts'

type RichValues = Readonly<Record<string, string | number | ((words: ReactNode) => ReactNode)>>

/**
 * A text of the interface with elements inside: `rich('Read <b>this</b>.', { b: (words) => <b>{words}</b> })`. Its
 * message keeps the same rules as that of `t`.
 */
export function rich(message: string, values: RichValues): ReactNode {
  const made = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'function' ? (words: ReactNode[]) => value(together(words)) : value,
  ])
  const said = say<ReactNode>(message, Object.fromEntries(made))
  return Array.isArray(said) ? together(said) : said
}

/** One after the other; as arguments they need no keys. */
function together(parts: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...parts)
}
