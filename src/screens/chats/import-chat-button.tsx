import { useLocation } from 'wouter'
import { useImportChats } from '#state/import-chats.ts'
import { useImportRun } from '#state/import-run.ts'
import { FileButton } from '#ui/file-button.tsx'

/** Brings in chats that were saved here or by another program. */
export function ImportChatButton() {
  const importChats = useImportChats()
  const isReading = useImportRun((run) => run.isReading)
  const [, navigate] = useLocation()

  async function take(files: readonly File[]) {
    const outcomes = await importChats(files.map((file) => ({ file })))
    const [only] = outcomes
    if (outcomes.length === 1 && only?.conversationId) navigate(`/chat/${only.conversationId}`)
  }

  return (
    <FileButton
      label="Import chat"
      accept=".json,.jsonl,.txt,application/json,text/plain"
      isBusy={isReading}
      onFiles={(files) => void take(files)}
    />
  )
}
