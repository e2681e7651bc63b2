import { describeWeightsProblem, size } from '#core/in-page/describe-weights-problem.ts'
import { useWeightsJob, type WeightsJob } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'

/** What is being got, what it costs before it is, and what went wrong. */
export function JobPanel() {
  const { job, download, dismiss } = useWeightsJob()
  switch (job.phase) {
    case 'none':
      return null
    case 'asking':
      return (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <p role="status" className="me-auto">
            Asking how large {job.name} is…
          </p>
          <Button look="quiet" onClick={job.cancel}>
            Cancel
          </Button>
        </div>
      )
    case 'offered': {
      const { offer } = job
      const { host } = new URL(offer.urls[0] ?? '')
      const isTooMuch = offer.freeBytes !== undefined && offer.totalBytes > offer.freeBytes
      return (
        <div role="status" className="flex flex-col gap-3 rounded-xl bg-accent-wash px-4 py-3 text-sm">
          <p>
            <strong className="font-medium">{offer.name}</strong> is {size(offer.totalBytes)}, from {host}
            {offer.urls.length > 1 && `, in ${offer.urls.length} files`}.{' '}
            {offer.freeBytes !== undefined && `This browser can keep ${size(offer.freeBytes)} for this page. `}
            The download goes on while you read elsewhere in Subtext, and can be stopped and taken up again.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" disabled={isTooMuch} onClick={() => void download(offer)}>
              Download {size(offer.totalBytes)}
            </Button>
            <Button look="quiet" onClick={dismiss}>
              Not now
            </Button>
          </div>
        </div>
      )
    }
    case 'running':
      return <Running job={job} />
    case 'failed':
      return (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-2 rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-sm"
        >
          <p className="me-auto min-w-0 break-words">{describeWeightsProblem(job.problem)}</p>
          <Button look="quiet" onClick={dismiss}>
            Close
          </Button>
        </div>
      )
  }
}

function Running({ job }: { readonly job: Extract<WeightsJob, { phase: 'running' }> }) {
  const { name, progress, speed, isDownload, cancel } = job
  const left = speed > 0 ? (progress.totalBytes - progress.bytes) / speed : undefined
  return (
    <div className="flex flex-col gap-2 rounded-xl bg-sunken px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <p className="me-auto min-w-0 break-words font-medium">
          {isDownload ? 'Downloading' : 'Keeping'} {name}
        </p>
        <Button look="quiet" onClick={cancel}>
          {isDownload ? 'Stop' : 'Cancel'}
        </Button>
      </div>
      <progress
        aria-label={name}
        className="h-2 w-full accent-accent"
        max={Math.max(1, progress.totalBytes)}
        value={progress.bytes}
      />
      <p className="text-soft tabular-nums">
        {size(progress.bytes)} of {size(progress.totalBytes)}
        {speed > 0 && ` · ${size(speed)} a second`}
        {left !== undefined && left > 1 && ` · ${timeLeft(left)} left`}
      </p>
    </div>
  )
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
