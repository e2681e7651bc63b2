import type { Connection } from '#core/connection.ts'
import { CommandProblem } from './command.ts'

/** An option that is a whole number from one on. Fails with a `CommandProblem`. */
export function wholeNumber(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new CommandProblem(`${option} is a whole number above nought.`)
  return value
}

/** How models are asked, where that was said. Fails with a `CommandProblem`. */
export function readTransport(text: string | undefined): Connection['transport'] | undefined {
  if (text === undefined || text === 'chat' || text === 'completions') return text
  throw new CommandProblem('--transport is chat or completions.')
}
