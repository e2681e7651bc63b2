import { useCallback } from 'react'
import { importLorebook } from './import-lorebook.ts'
import { closeImportReport, type ImportOutcome, useImportRun } from './import-run.ts'
import { useServices } from './services.tsx'

/** Imports lorebook files one after the other and gives what became of each. */
export function useImportLorebooks(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const { lorebooks } = useServices()
  return useCallback(
    async (files) => {
      closeImportReport()
      useImportRun.setState({ isReading: true })
      const outcomes: ImportOutcome[] = []
      for (const file of files) outcomes.push(await importLorebook(lorebooks, file))
      useImportRun.setState({ outcomes, isReading: false })
      return outcomes
    },
    [lorebooks],
  )
}
