import type { Command } from './command.ts'

/** Every command, by its name; its code comes when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  judge: async () => (await import('./judge.ts')).judgeCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
}
