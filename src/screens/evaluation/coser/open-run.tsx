import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useRunReport } from '#state/evaluating.ts'
import { useJobRecords } from '#state/lab.ts'
import { RunResults } from './run-results.tsx'

/** What came of a run, while it goes on too. */
export function OpenRun({ job, sought }: { readonly job: Job; readonly sought: string | undefined }) {
  const records = useJobRecords(job.id)
  const report = useRunReport(records)
  if (!records || !report) return <p className="text-soft text-sm">{t('Reading…')}</p>
  return <RunResults records={records} report={report} sought={sought} />
}
