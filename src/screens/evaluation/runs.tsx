import { type ReactNode, useState } from 'react'
import type { JobId } from '#core/ids.ts'
import type { Job, JobKind } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { type JobEnd, useJobStatus } from '#state/job-status.ts'
import { useJobs, useLab } from '#state/lab.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { JobCard } from '#ui/job-card.tsx'
import { type ReportForm, SaveReports } from './save-reports.tsx'
import { openRun, useAddress } from './use-address.ts'

interface Props {
  readonly kind: JobKind
  /** Missing while its code is not here. */
  readonly onGoOn: ((jobId: JobId) => Promise<JobEnd>) | undefined
  /** The run that was begun just now: it is shown. */
  readonly started: JobId | undefined
  readonly reportName: string
  readonly writeReport: (form: ReportForm, jobIds: readonly JobId[]) => Promise<string | undefined>
  /** What came of a run; `sought` is a case that an address asked for. */
  readonly showRun: (job: Job, sought: string | undefined) => ReactNode
  readonly compare: (first: Job, other: Job) => ReactNode
}

/** The runs of a kind: how far they are, what came of each, and two against each other. */
export function Runs({ kind, onGoOn, started, reportName, writeReport, showRun, compare }: Props) {
  const jobs = useJobs(kind)
  const { jobId, caseId } = useAddress()
  const [chosen, setChosen] = useState<ReadonlySet<JobId>>(new Set())
  const [isComparing, setComparing] = useState(false)
  const [isSwapped, setSwapped] = useState(false)
  // The newest stands first, and is what one wants to know about.
  const shown = (jobs ?? []).filter(({ id }) => chosen.has(id))
  const [newer, older, ...more] = shown
  const [first, other] = isSwapped ? [newer, older] : [older, newer]
  const canCompare = older !== undefined && more.length === 0

  function choose(id: JobId, isChosen: boolean) {
    setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((one) => one !== id)))
  }

  return (
    <section aria-label={t('Runs')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="me-auto font-story text-xl">{t('Runs')}</h2>
        {newer && (
          <>
            <Button
              disabled={!canCompare}
              aria-expanded={canCompare && isComparing}
              onClick={() => setComparing(!isComparing)}
            >
              {t('Compare two')}
            </Button>
            <SaveReports
              count={shown.length}
              fileName={reportName}
              write={(form) => writeReport(form, shown.map(({ id }) => id).reverse())}
            />
          </>
        )}
      </div>
      {jobs && jobs.length > 0 && !newer && (
        <p className="text-faint text-sm">{t('Choose runs to compare and to save.')}</p>
      )}
      {canCompare && isComparing && first && other && (
        <div className="flex flex-col gap-4 rounded-xl border border-line bg-raised p-4">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="me-auto min-w-0 break-words font-medium">
              {t('“{other}” against “{first}”', { other: other.title, first: first.title })}
            </h3>
            <Button onClick={() => setSwapped(!isSwapped)}>{t('The other way round')}</Button>
            <Button look="quiet" onClick={() => setComparing(false)}>
              {t('Close')}
            </Button>
          </div>
          {compare(first, other)}
        </div>
      )}
      {jobs?.length === 0 && <p className="text-soft text-sm">{t('Nothing was measured yet.')}</p>}
      {jobs?.map((job) => (
        <div key={job.id} ref={job.id === started ? showFromTop : undefined} className="scroll-mt-3">
          <RunCard
            job={job}
            onGoOn={onGoOn}
            isOpen={jobId === job.id}
            isChosen={chosen.has(job.id)}
            onChoose={(isChosen) => choose(job.id, isChosen)}
          >
            {jobId === job.id && showRun(job, caseId)}
          </RunCard>
        </div>
      ))}
    </section>
  )
}

function showFromTop(place: HTMLElement | null): void {
  place?.scrollIntoView({ block: 'start' })
}

interface CardProps {
  readonly job: Job
  readonly onGoOn: Props['onGoOn']
  readonly isOpen: boolean
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
  readonly children: ReactNode
}

function RunCard({ job, onGoOn, isOpen, isChosen, onChoose, children }: CardProps) {
  const lab = useLab()
  const { state, words } = useJobStatus(job)
  return (
    <JobCard
      title={job.title}
      status={words}
      state={state}
      isOpen={isOpen}
      onOpen={(opens) => openRun(opens ? job.id : undefined)}
      openLabel={t('Watch and read')}
      onPause={() => lab?.jobs.pause(job.id)}
      onGoOn={onGoOn && (() => onGoOn(job.id))}
      onRemove={async () => lab?.jobs.remove(job.id)}
      removed={t('The run was removed.')}
      more={<Check label={t('Choose')} isOn={isChosen} onChange={onChoose} />}
    >
      {children}
    </JobCard>
  )
}
