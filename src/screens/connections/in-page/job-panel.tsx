import type { ReactNode } from 'react'
import { describeWeightsProblem, size } from '#core/in-page/describe-weights-problem.ts'
import { locale, t } from '#lib/translate.ts'
import { useWeightsJob, type WeightsJob } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'
import { rich } from '#ui/rich.ts'

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
            {t('Asking how large {name} is…', { name: job.name })}
          </p>
          <Button look="quiet" onClick={job.cancel}>
            {t('Cancel')}
          </Button>
        </div>
      )
    case 'offered': {
      const { offer } = job
      const { host } = new URL(offer.urls[0] ?? '')
      const what = {
        name: offer.name,
        size: size(offer.totalBytes),
        host,
        b: (words: ReactNode) => <strong className="font-medium">{words}</strong>,
      }
      const inFiles = { ...what, count: offer.urls.length }
      const isTooMuch = offer.freeBytes !== undefined && offer.totalBytes > offer.freeBytes
      return (
        <div role="status" className="flex flex-col gap-3 rounded-xl bg-accent-wash px-4 py-3 text-sm">
          <p>
            {offer.urls.length > 1
              ? rich('<b>{name}</b> is {size}, from {host}, in {count, plural, one {# file} other {# files}}.', inFiles)
              : rich('<b>{name}</b> is {size}, from {host}.', what)}{' '}
            {offer.freeBytes !== undefined &&
              t('This browser can keep {size} for this page.', { size: size(offer.freeBytes) })}{' '}
            {t('The download goes on while you read elsewhere in Subtext, and can be stopped and taken up again.')}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" disabled={isTooMuch} onClick={() => void download(offer)}>
              {t('Download {size}', { size: size(offer.totalBytes) })}
            </Button>
            <Button look="quiet" onClick={dismiss}>
              {t('Not now')}
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
            {t('Close')}
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
          {isDownload ? t('Downloading {name}', { name }) : t('Keeping {name}', { name })}
        </p>
        <Button look="quiet" onClick={cancel}>
          {isDownload ? t('Stop') : t('Cancel')}
        </Button>
      </div>
      <progress
        aria-label={name}
        className="h-2 w-full accent-accent"
        max={Math.max(1, progress.totalBytes)}
        value={progress.bytes}
      />
      <p className="text-soft tabular-nums">
        {t('{done} of {total}', { done: size(progress.bytes), total: size(progress.totalBytes) })}
        {speed > 0 && ` · ${t('{size} a second', { size: size(speed) })}`}
        {left !== undefined && left > 1 && ` · ${timeLeft(left)}`}
      </p>
    </div>
  )
}

const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

function timeLeft(seconds: number): string {
  if (seconds < 90) return t('{seconds, number} s left', { seconds: Math.ceil(seconds) })
  const minutes = Math.round(seconds / 60)
  return minutes < 90
    ? t('{minutes, number} min left', { minutes })
    : t('{hours} h left', { hours: tenths.format(minutes / 60) })
}
