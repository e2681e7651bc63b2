import { useLocation } from 'wouter'
import { t } from '#lib/translate.ts'
import { useImportChatFiles } from '#state/import-files.ts'
import { useImportRun } from '#state/import-run.ts'
import { FileButton } from '#ui/file-button.tsx'

/** Brings in chats that were saved here or by another program, and scenes. */
export function ImportChatButton() {
  const importFiles = useImportChatFiles()
  const isReading = useImportRun((run) => run.isReading)
  const [, navigate] = useLocation()

  async function take(files: readonly File[]) {
    const outcomes = await importFiles(files)
    const [only] = outcomes
    if (outcomes.length !== 1) return
    if (only?.conversationId) navigate(`/chat/${only.conversationId}`)
    else if (only?.sceneId) navigate(`/scenes/${only.sceneId}`)
  }

  return (
    <FileButton
      label={t('Import chat')}
      accept=".json,.jsonl,.txt,application/json,text/plain"
      isBusy={isReading}
      onFiles={(files) => void take(files)}
    />
  )
}
