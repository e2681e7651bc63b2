import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useBenchReport } from '#state/benching.ts'
import { useJobRecords } from '#state/lab.ts'
import { BenchResults } from './bench-results.tsx'

/** What came of a run, while it goes on too. */
export function OpenBench({ job, sought }: { readonly job: Job; readonly sought: string | undefined }) {
  const records = useJobRecords(job.id)
  const report = useBenchReport(records)
  if (!records || !report) return <p className="text-soft text-sm">{t('Reading…')}</p>
  return <BenchResults records={records} report={report} sought={sought} />
}
