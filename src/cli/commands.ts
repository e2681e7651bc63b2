import type { Command } from './command.ts'

/** Every command, by its name; its code comes when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  judge: async () => (await import('./judge.ts')).judgeCommand,
}
