import { useCallback } from 'react'
import { create } from 'zustand'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** What became of one file. */
export interface ImportOutcome {
  readonly fileName: string
  readonly characterId?: CharacterId
  /** For the file of a chat. */
  readonly conversationId?: ConversationId
  /** Sentences: what was wrong with the file, or what was mended on the way in. */
  readonly notes: readonly string[]
}

interface Report {
  readonly outcomes: readonly ImportOutcome[]
  readonly isReading: boolean
}

/** What the last import did; empty once the reader has seen it. */
export const useImportReport = create<Report>(() => ({ outcomes: [], isReading: false }))

/** Imports card files one after the other and gives what became of each. */
export function useImportCards(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const { library } = useServices()
  return useCallback(
    async (files) => {
      useImportReport.setState({ outcomes: [], isReading: true })
      const outcomes: ImportOutcome[] = []
      for (const file of files) outcomes.push(await importOne(file))
      useImportReport.setState({ outcomes, isReading: false })
      return outcomes

      async function importOne(file: File): Promise<ImportOutcome> {
        try {
          const { describeCardError, describeCardWarning } = await import('#core/cards/read-card.ts')
          const read = await library.importCard(new Uint8Array(await file.arrayBuffer()), file.name)
          return read.ok
            ? {
                fileName: file.name,
                characterId: read.value.characterId,
                notes: read.value.warnings.map(describeCardWarning),
              }
            : { fileName: file.name, notes: [describeCardError(read.error)] }
        } catch (error) {
          if (error instanceof StorageFailure) {
            return {
              fileName: file.name,
              notes: ['This browser could not save it. Free some disk space and import it again.'],
            }
          }
          // A folder, or a file that was moved away meanwhile.
          if (error instanceof DOMException) {
            return {
              fileName: file.name,
              notes: ['The browser could not read this file. Pick the file itself, not a folder.'],
            }
          }
          throw error
        }
      }
    },
    [library],
  )
}
