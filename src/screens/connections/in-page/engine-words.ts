import type { EngineStatus } from '#state/in-page.ts'

/** What the engine is at, in a line. */
export function engineWords(status: Exclude<EngineStatus, { phase: 'off' }>): string {
  switch (status.phase) {
    case 'loading':
      return `Loading the model: ${percent(status.bytes, status.totalBytes)}`
    case 'reading':
      return status.totalTokens > 0
        ? `Reading the prompt: ${status.tokens.toLocaleString('en')} of ${status.totalTokens.toLocaleString('en')} tokens`
        : 'Reading the prompt'
    case 'writing':
      return 'Writing a reply'
    case 'ready': {
      const { usesGpu, loadMs, pace } = status
      const where = usesGpu ? 'on the graphics card' : 'on the processor'
      const speed = pace?.writing && ` Its last reply: ${pace.writing.toFixed(1)} tokens a second.`
      return `Loaded in ${(loadMs / 1000).toFixed(1)} s, ${where}.${speed || ''}`
    }
  }
}

function percent(part: number, whole: number): string {
  return `${whole > 0 ? Math.floor((part / whole) * 100) : 0} %`
}
