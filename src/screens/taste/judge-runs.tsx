import { describeModelError } from '#core/describe-model-error.ts'
import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useJobRecords } from '#state/lab.ts'
import { isSettledKey, runTaste, type Taste, type TastePlan, useTasteFailure } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'

interface Props {
  readonly taste: Taste
  readonly jobs: readonly Job[]
}

/** The jobs of judges: how far they are, paused, gone on with. */
export function JudgeRuns({ taste, jobs }: Props) {
  const open = jobs.filter(({ state }) => state !== 'done')
  if (open.length === 0) return null
  return (
    <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
      {open.map((job) => (
        <RunRow key={job.id} taste={taste} job={job} />
      ))}
    </ul>
  )
}

function RunRow({ taste, job }: { readonly taste: Taste; readonly job: Job }) {
  const records = useJobRecords(job.id)
  const failure = useTasteFailure(job.id)
  const plan = job.plan as unknown as TastePlan
  const steps = plan.what === 'pairs' ? plan.pairs.length : plan.draws
  const isDone = plan.what === 'pairs' ? isSettledKey : (key: string) => key.startsWith('draw/')
  const done = [...(records?.keys() ?? [])].filter(isDone).length
  const described = failure && describeModelError(failure)
  const isRunning = job.state === 'running' && !failure
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-48 flex-1">
        <p className="text-sm">{job.title}</p>
        <p className="text-faint text-xs tabular-nums" aria-live="polite">
          {t('{done, number} of {count, number}', { done, count: steps })}
        </p>
        {described && (
          <p role="alert" className="mt-1 text-danger text-xs">
            {described.sentence} {described.remedy}
          </p>
        )}
      </div>
      {isRunning && <Button onClick={() => taste.pause(job.id)}>{t('Pause')}</Button>}
      <Button look={isRunning ? 'quiet' : 'plain'} onClick={() => void runTaste(taste, job.id)}>
        {t('Go on')}
      </Button>
    </li>
  )
}
