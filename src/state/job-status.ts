import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useJobProgress } from './lab.ts'

export type { JobEnd } from '#engine/model-jobs.ts'

/** How far a job is, and that in words: of one that goes on in this tab also what it cost since it was begun here. */
export function useJobStatus(job: Job): { readonly state: Job['state']; readonly words: string } {
  const progress = useJobProgress(job.id)
  // What another tab that is gone was at can be gone on with.
  const state = progress ? 'running' : job.state === 'done' ? 'done' : 'paused'
  const names = { running: t('Running'), paused: t('Paused'), done: t('Done') }
  if (!progress) return { state, words: names[state] }
  const { calls, steps } = progress
  const words = [
    names[state],
    ...(steps ? [t('{done, number} of {count, number}', { done: steps.done, count: steps.total })] : []),
    t(
      '{done, plural, one {# call} other {# calls}} done, {open, number} under way, {failed, number} failed; {asked, number} tokens asked, {answered, number} answered',
      {
        done: calls.answered + calls.replayed,
        open: calls.inFlight,
        failed: calls.failed,
        asked: calls.promptTokens,
        answered: calls.completionTokens,
      },
    ),
  ]
  return { state, words: words.join(' · ') }
}
