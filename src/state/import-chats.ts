import { useCallback } from 'react'
import type { CharacterId } from '#core/ids.ts'
import type { ReadChat } from '#core/story/read-chat-result.ts'
import { t } from '#lib/translate.ts'
import { StorageFailure } from '#ports/storage.ts'
import { useImportQuestion } from './import-questions.ts'
import { type ImportOutcome, useImportRun } from './import-run.ts'
import { useServices } from './services.tsx'

/** A file, and what was read from it where that was done already. */
export interface ChatFileToImport {
  readonly file: File
  readonly read?: ReadChat
}

/**
 * Imports chat files one after the other and gives what became of each; `earlier` stands before them in the report. A
 * file the reader turned away is in neither.
 */
export function useImportChats(): (
  files: readonly ChatFileToImport[],
  earlier?: readonly ImportOutcome[],
) => Promise<readonly ImportOutcome[]> {
  const { chatFiles, seedLibrary } = useServices()
  return useCallback(
    async (files, earlier = []) => {
      useImportRun.setState({ outcomes: earlier, isReading: true })
      // Bundled characters have chats too. Offline they may not be had; those that are here do.
      await seedLibrary().catch(() => undefined)
      const outcomes: ImportOutcome[] = []
      try {
        for (const file of files) {
          const outcome = await importOne(file)
          if (outcome) outcomes.push(outcome)
        }
      } finally {
        useImportRun.setState({ outcomes: [...earlier, ...outcomes], isReading: false })
      }
      return outcomes

      async function importOne({ file, read }: ChatFileToImport): Promise<ImportOutcome | undefined> {
        const fileName = file.name
        try {
          const service = await chatFiles()
          const result = read ? ({ ok: true, value: read } as const) : await service.read(file)
          if (!result.ok) return { fileName, status: 'failed', notes: [result.error.sentence] }
          const { draft, warnings } = result.value
          const characterId =
            (await service.characterOf(draft)) ?? (await ask(fileName, draft.characters[0]?.name ?? ''))
          if (!characterId) return undefined
          return {
            fileName,
            status: 'imported',
            conversationId: await service.keep(draft, characterId),
            notes: warnings,
          }
        } catch (error) {
          if (error instanceof StorageFailure) {
            return {
              fileName,
              status: 'failed',
              notes: [t('This browser could not save it. Free some disk space and import it again.')],
            }
          }
          // A folder, or a file that was moved away meanwhile.
          if (error instanceof DOMException) {
            return {
              fileName,
              status: 'failed',
              notes: [t('The browser could not read this file. Pick the file itself, not a folder.')],
            }
          }
          throw error
        }
      }
    },
    [chatFiles, seedLibrary],
  )
}

function ask(fileName: string, name: string): Promise<CharacterId | undefined> {
  return new Promise((resolve) => {
    const answer = (characterId: CharacterId | undefined) => {
      useImportQuestion.setState({ question: undefined })
      resolve(characterId)
    }
    useImportQuestion.setState({ question: { fileName, name, answer } })
  })
}
