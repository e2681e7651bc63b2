/** What a command prints to, and how it is told to stop. */
export interface CommandIo {
  /** A line of what was asked for. */
  readonly print: (line: string) => void
  /** A line about what goes on; may be said often, and is not part of the result. */
  readonly tell: (line: string) => void
  /** Aborted by Ctrl-C: what was found out is in the journal. */
  readonly signal: AbortSignal
}

export interface Command {
  /** What it does, in a line. */
  readonly about: string
  /** How it is called, without `npm run her --`. */
  readonly usage: string
  /** Does it; gives the exit code. Fails with a `CommandProblem` where it was asked for wrongly. */
  readonly run: (args: readonly string[], io: CommandIo) => Promise<number>
}

/** Something the user has to put right, in a sentence. */
export class CommandProblem extends Error {}
