import { useId } from 'react'
import { useLocation } from 'wouter'
import { useImportReport } from '#state/import-cards.ts'
import { useImportChats } from '#state/import-chats.ts'

/** Brings in chats that were saved here or by another program. */
export function ImportChatButton() {
  const id = useId()
  const importChats = useImportChats()
  const isReading = useImportReport((report) => report.isReading)
  const [, navigate] = useLocation()

  async function take(input: HTMLInputElement) {
    const files = [...(input.files ?? [])].map((file) => ({ file }))
    // The same file can be chosen again after it was mended.
    input.value = ''
    const outcomes = await importChats(files)
    const [only] = outcomes
    if (outcomes.length === 1 && only?.conversationId) navigate(`/chat/${only.conversationId}`)
  }

  return (
    <>
      <input
        id={id}
        type="file"
        multiple
        accept=".json,.jsonl,.txt,application/json,text/plain"
        className="peer sr-only"
        disabled={isReading}
        onChange={(event) => void take(event.currentTarget)}
      />
      <label
        htmlFor={id}
        className="inline-flex min-h-9 items-center rounded-lg bg-accent px-4 font-medium text-page text-sm hover:brightness-110 peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2"
      >
        {isReading ? 'Reading…' : 'Import chat'}
      </label>
    </>
  )
}
