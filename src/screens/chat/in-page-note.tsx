import { useEngineStatus } from '#state/in-page.ts'

/** What the model in this page is at before its first word: loading or reading can take minutes. */
export function InPageNote({ model }: { readonly model: string }) {
  const status = useEngineStatus()
  const isSeen = (status.phase === 'loading' || status.phase === 'reading') && status.model === model
  return (
    <p role="status" className="mx-auto w-full max-w-[42rem] px-4 text-faint text-xs tabular-nums sm:px-6">
      {isSeen && status.phase === 'loading' && (
        <>Loading the model: {Math.floor((status.bytes / Math.max(1, status.totalBytes)) * 100)} %</>
      )}
      {isSeen && status.phase === 'reading' && (
        <>
          Reading the prompt
          {status.totalTokens > 0 &&
            `: ${status.tokens.toLocaleString('en')} of ${status.totalTokens.toLocaleString('en')} tokens`}
        </>
      )}
    </p>
  )
}
