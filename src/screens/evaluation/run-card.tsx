import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useEvaluating, useRunProgress, useRunReport } from '#state/evaluating.ts'
import { useJobRecords, useLab } from '#state/lab.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { showToast } from '#ui/toasts.tsx'
import { RunResults } from './run-results.tsx'

interface Props {
  readonly job: Job
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
}

/** One run: how far it is, what it cost, and what came of it. */
export function RunCard({ job, isOpen, onOpen, isChosen, onChoose }: Props) {
  const lab = useLab()
  const evaluating = useEvaluating()
  const progress = useRunProgress(job.id)
  const isRunning = progress !== undefined

  async function goOn() {
    const end = await evaluating?.run(job.id)
    if (end?.kind === 'failed') showToast(end.problem)
    if (end?.kind === 'elsewhere') showToast(t('Another tab is at it.'))
  }

  async function remove() {
    const undo = await lab?.jobs.remove(job.id)
    if (undo) showToast(t('The run was removed.'), { action: { label: t('Undo'), run: () => void undo() } })
  }

  return (
    <article aria-label={job.title} className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4">
      <header className="flex flex-wrap items-center gap-2">
        <div className="me-auto min-w-0">
          <h3 className="truncate font-medium">{job.title}</h3>
          <p role="status" className="text-soft text-xs">
            {isRunning ? t('Running') : job.state === 'done' ? t('Done') : t('Paused')}
            {progress &&
              ` · ${t(
                '{done, plural, one {# call} other {# calls}} done, {open, number} under way, {failed, number} failed; {asked, number} tokens asked, {answered, number} answered',
                {
                  done: progress.answered + progress.replayed,
                  open: progress.inFlight,
                  failed: progress.failed,
                  asked: progress.promptTokens,
                  answered: progress.completionTokens,
                },
              )}`}
          </p>
        </div>
        <Check label={t('Into the report')} isOn={isChosen} onChange={onChoose} />
        {isRunning ? (
          <Button onClick={() => lab?.jobs.pause(job.id)}>{t('Pause')}</Button>
        ) : (
          job.state !== 'done' && <Button onClick={() => void goOn()}>{t('Go on')}</Button>
        )}
        <Button aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          {isOpen ? t('Close') : t('Watch and read')}
        </Button>
        <Button look="quiet" disabled={isRunning} onClick={() => void remove()}>
          {t('Remove')}
        </Button>
      </header>
      {isOpen && <OpenRun job={job} />}
    </article>
  )
}

function OpenRun({ job }: { readonly job: Job }) {
  const records = useJobRecords(job.id)
  const report = useRunReport(records)
  if (!records || !report) return <p className="text-soft text-sm">{t('Reading…')}</p>
  return <RunResults records={records} report={report} />
}
