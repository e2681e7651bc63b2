import { setMaxListeners } from 'node:events'
import process from 'node:process'
import { describeModelError } from '#core/describe-model-error.ts'
import { ModelFailure } from '#ports/model.ts'
import { type CommandIo, CommandProblem } from './command.ts'
import { commands } from './commands.ts'

/** Runs one command of `npm run her -- …`; gives the exit code. */
export async function her(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    await printHelp(name)
    return name === '' || name === 'help' || name === '--help' ? 0 : 2
  }
  // Whoever reads the output has seen enough (`| head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const aborter = new AbortController()
  // Everything that waits listens to it.
  setMaxListeners(0, aborter.signal)
  const stop = () => aborter.abort(new DOMException('Stopped', 'AbortError'))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const io: CommandIo = {
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
    signal: aborter.signal,
  }
  try {
    const command = await load()
    if (rest.includes('--help')) {
      io.print(`${command.about}\n\n  npm run her -- ${command.usage}`)
      return 0
    }
    return await command.run(rest, io)
  } catch (error) {
    if (aborter.signal.aborted) {
      io.tell('Stopped. What was found out so far is kept: the same command goes on from there.')
      return 130
    }
    if (error instanceof CommandProblem || isUsageProblem(error)) {
      io.tell(error.message)
      return 2
    }
    if (!(error instanceof ModelFailure)) throw error
    const { sentence, remedy } = describeModelError(error.error)
    io.tell(`${sentence} ${remedy} What was found out so far is kept: the same command goes on from there.`)
    return 1
  }
}

async function printHelp(name: string): Promise<void> {
  if (name !== '' && name !== 'help' && name !== '--help') process.stderr.write(`There is no command “${name}”.\n\n`)
  const lines = await Promise.all(
    Object.values(commands).map(async (load) => {
      const { about, usage } = await load()
      return `  npm run her -- ${usage}\n      ${about}\n`
    }),
  )
  process.stdout.write(
    `From stories to data, from takes to preferences, from endpoints to scores.\n\n${lines.join('\n')}`,
  )
}

/** What `parseArgs` throws for options it does not know. */
function isUsageProblem(error: unknown): error is Error {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
}
