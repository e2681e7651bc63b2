import type { Command } from './command.ts'

/** Every command, by its name; its code comes when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  judge: async () => (await import('./judge.ts')).judgeCommand,
  'bench-like': async () => (await import('./bench-like.ts')).benchLike,
  report: async () => (await import('./report.ts')).report,
  enhance: async () => (await import('./enhance.ts')).enhance,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
}
