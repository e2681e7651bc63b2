import { locale, t } from '#lib/translate.ts'
import type { EngineStatus } from '#state/in-page.ts'

const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** What the engine is at, in a line. */
export function engineWords(status: Exclude<EngineStatus, { phase: 'off' }>): string {
  switch (status.phase) {
    case 'loading':
      return t('Loading the model: {percent, number} %', { percent: percent(status.bytes, status.totalBytes) })
    case 'reading':
      return status.totalTokens > 0
        ? t('Reading the prompt: {tokens, number} of {total, number} tokens', {
            tokens: status.tokens,
            total: status.totalTokens,
          })
        : t('Reading the prompt')
    case 'writing':
      return t('Writing a reply')
    case 'ready': {
      const { usesGpu, loadMs, pace } = status
      const seconds = tenths.format(loadMs / 1000)
      const loaded = usesGpu
        ? t('Loaded in {seconds} s, on the graphics card.', { seconds })
        : t('Loaded in {seconds} s, on the processor.', { seconds })
      if (!pace?.writing) return loaded
      return `${loaded} ${t('Its last reply: {pace} tokens a second.', { pace: tenths.format(pace.writing) })}`
    }
  }
}

function percent(part: number, whole: number): number {
  return whole > 0 ? Math.floor((part / whole) * 100) : 0
}
