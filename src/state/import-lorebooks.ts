import { useCallback } from 'react'
import { type ImportOutcome, useImportReport } from './import-cards.ts'
import { importLorebook } from './import-lorebook.ts'
import { useServices } from './services.tsx'

/** Imports lorebook files one after the other and gives what became of each. */
export function useImportLorebooks(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const { lorebooks } = useServices()
  return useCallback(
    async (files) => {
      useImportReport.setState({ outcomes: [], isReading: true })
      const outcomes: ImportOutcome[] = []
      for (const file of files) outcomes.push(await importLorebook(lorebooks, file))
      useImportReport.setState({ outcomes, isReading: false })
      return outcomes
    },
    [lorebooks],
  )
}
