import { spawn } from 'node:child_process'
import { setMaxListeners } from 'node:events'
import process from 'node:process'
import type { CommandIo } from './command.ts'
import { commands } from './commands.ts'

const script = new URL('../../scripts/her.mjs', import.meta.url).pathname

/** Starts `npm run her -- …` as a process of its own, which can be killed. */
export function startHer(args: readonly string[]) {
  const child = spawn(process.execPath, [script, ...args])
  let printed = ''
  child.stdout.on('data', (data) => {
    printed += String(data)
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, ended, printed: () => printed }
}

/** Runs a command in this process, to its end; gives what it printed. */
export async function runHer([name = '', ...args]: readonly string[]): Promise<string> {
  const printed: string[] = []
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  const io: CommandIo = { print: (line) => void printed.push(line), tell: () => undefined, signal }
  const command = await commands[name]?.()
  await command?.run(args, io)
  return printed.join('\n')
}
