import { useState } from 'react'
import type { JobId } from '#core/ids.ts'
import type { Job } from '#core/job.ts'
import { locale, t } from '#lib/translate.ts'
import { useEnhanced, useEnhanceProgress, useEnhancing } from '#state/enhancing.ts'
import { useJobRecords, useLab } from '#state/lab.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { EnhancedChatView } from './enhanced-chat.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** One job: how far it is, what it cost, and what came of it. */
export function JobCard({ job }: { readonly job: Job }) {
  const lab = useLab()
  const enhancing = useEnhancing()
  const progress = useEnhanceProgress(job.id)
  const [isOpen, setIsOpen] = useState(false)
  const isRunning = progress !== undefined

  async function goOn() {
    const end = await enhancing?.run(job.id)
    if (end?.kind === 'failed') showToast(end.problem)
    if (end?.kind === 'elsewhere') showToast(t('Another tab is at it.'))
  }

  async function remove() {
    const undo = await lab?.jobs.remove(job.id)
    if (undo)
      showToast(t('The job was removed. What was taken into chats stays.'), {
        action: { label: t('Undo'), run: () => void undo() },
      })
  }

  return (
    <article aria-label={job.title} className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4">
      <header className="flex flex-wrap items-center gap-2">
        <div className="me-auto min-w-0">
          <h3 className="truncate font-medium">{job.title}</h3>
          <p role="status" className="text-soft text-xs">
            {dates.format(job.createdAt)} · {isRunning ? t('Running') : job.state === 'done' ? t('Done') : t('Paused')}
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
        {isRunning ? (
          <Button onClick={() => lab?.jobs.pause(job.id)}>{t('Pause')}</Button>
        ) : (
          job.state !== 'done' && <Button onClick={() => void goOn()}>{t('Go on')}</Button>
        )}
        <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('Close') : t('What came of it')}
        </Button>
        <Button look="quiet" disabled={isRunning} onClick={() => void remove()}>
          {t('Remove')}
        </Button>
      </header>
      {isOpen && <Results jobId={job.id} isRunning={isRunning} />}
    </article>
  )
}

function Results({ jobId, isRunning }: { readonly jobId: JobId; readonly isRunning: boolean }) {
  const records = useJobRecords(jobId)
  const chats = useEnhanced(jobId, records?.size)
  if (!chats || !records) return <p className="text-soft text-sm">{t('Looking…')}</p>
  return (
    <div className="flex flex-col gap-6">
      {chats.length === 0 && <p className="text-soft text-sm">{t('The chats of this job are gone.')}</p>}
      {chats.map((chat) => (
        <EnhancedChatView key={chat.conversationId} {...{ jobId, chat, records, isRunning }} />
      ))}
    </div>
  )
}
