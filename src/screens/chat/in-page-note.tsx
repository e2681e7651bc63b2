import { t } from '#lib/translate.ts'
import { type EngineStatus, useEngineStatus } from '#state/in-page.ts'

/** What the model in this page is at before its first word: loading or reading can take minutes. */
export function InPageNote({ model }: { readonly model: string }) {
  const status = useEngineStatus()
  return (
    <p role="status" className="mx-auto w-full max-w-[42rem] px-4 text-faint text-xs tabular-nums sm:px-6">
      {status.phase !== 'off' && status.model === model && wordsOf(status)}
    </p>
  )
}

function wordsOf(status: EngineStatus): string | undefined {
  if (status.phase === 'loading') {
    const percent = Math.floor((status.bytes / Math.max(1, status.totalBytes)) * 100)
    return t('Loading the model: {percent, number} %', { percent })
  }
  if (status.phase !== 'reading') return undefined
  const { tokens, totalTokens: total } = status
  return total > 0
    ? t('Reading the prompt: {tokens, number} of {total, number} tokens', { tokens, total })
    : t('Reading the prompt')
}
