import { Suspense } from 'react'
import { useImportRun } from '#state/import-run.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

const ImportReport = lazyPart(() => import('./import-report.tsx').then((module) => ({ default: module.ImportReport })))
const ImportProgress = lazyPart(() =>
  import('./import-progress.tsx').then((module) => ({ default: module.ImportProgressCard })),
)
const NamesakeDialog = lazyPart(() =>
  import('./namesake-dialog.tsx').then((module) => ({ default: module.NamesakeDialog })),
)

/** How an import goes, what it asks, and what it did where there is something to say. */
export function ImportRun() {
  const { progress, question, outcomes, unread } = useImportRun()
  const isPlain =
    unread === 0 && outcomes.length < 2 && outcomes.every(({ status, notes }) => status === 'imported' && !notes.length)
  return (
    <Suspense>
      {progress && progress.total > 1 && !question && <ImportProgress progress={progress} />}
      {question && <NamesakeDialog question={question} />}
      {!isPlain && <ImportReport />}
    </Suspense>
  )
}
