import { useCallback } from 'react'
import { create } from 'zustand'
import type { CardError } from '#core/cards/card-error.ts'
import { StorageFailure } from '#ports/storage.ts'
import type { ImportOutcome } from './import-outcome.ts'
import { useServices } from './services.tsx'

export type { ImportOutcome } from './import-outcome.ts'

interface Report {
  readonly outcomes: readonly ImportOutcome[]
  readonly isReading: boolean
}

/** What the last import did; empty once the reader has seen it. */
export const useImportReport = create<Report>(() => ({ outcomes: [], isReading: false }))

/** Imports card files one after the other and gives what became of each. A file that is a lorebook is kept as one. */
export function useImportCards(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const { library, lorebooks } = useServices()
  return useCallback(
    async (files) => {
      useImportReport.setState({ outcomes: [], isReading: true })
      const outcomes: ImportOutcome[] = []
      // The sentences come with the first file: a chat needs none of them.
      const describing = Promise.all([import('#core/cards/card-error.ts'), import('#core/cards/card-warning.ts')])
      for (const file of files) await importOne(file)
      useImportReport.setState({ outcomes, isReading: false })
      return outcomes

      async function importOne(file: File): Promise<void> {
        const [{ describeCardError }, { describeCardWarning }] = await describing
        try {
          for await (const { fileName, card } of library.importFile(file, file.name)) {
            if (!card.ok && fileName === file.name && isLorebook(card.error)) {
              outcomes.push(await (await import('./import-lorebook.ts')).importLorebook(lorebooks, file))
              continue
            }
            outcomes.push(
              card.ok
                ? { fileName, characterId: card.value.characterId, notes: card.value.warnings.map(describeCardWarning) }
                : { fileName, notes: [describeCardError(card.error)] },
            )
          }
        } catch (error) {
          if (error instanceof StorageFailure) {
            refuse('This browser could not save it. Free some disk space and import it again.')
          } else if (error instanceof DOMException) {
            // A folder, or a file that was moved away meanwhile.
            refuse('The browser could not read this file. Pick the file itself, not a folder.')
          } else throw error
        }
        function refuse(note: string) {
          outcomes.push({ fileName: file.name, notes: [note] })
        }
      }
    },
    [library, lorebooks],
  )
}

function isLorebook(error: CardError): boolean {
  return error.type === 'unsupported-format' && error.format === 'lorebook'
}
