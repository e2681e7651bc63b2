import { useState } from 'react'
import type { JobId } from '#core/ids.ts'
import type { Job } from '#core/job.ts'
import { locale, t } from '#lib/translate.ts'
import { useEnhanced, useEnhancing } from '#state/enhancing.ts'
import { useJobStatus } from '#state/job-status.ts'
import { useJobRecords, useLab } from '#state/lab.ts'
import { JobCard } from '#ui/job-card.tsx'
import { EnhancedChatView } from './enhanced-chat.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** One job: how far it is, what it cost, and what came of it. */
export function EnhanceCard({ job }: { readonly job: Job }) {
  const lab = useLab()
  const enhancing = useEnhancing()
  const { state, words } = useJobStatus(job)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <JobCard
      title={job.title}
      status={`${dates.format(job.createdAt)} · ${words}`}
      state={state}
      isOpen={isOpen}
      onOpen={setIsOpen}
      openLabel={t('What came of it')}
      onPause={() => lab?.jobs.pause(job.id)}
      onGoOn={enhancing && (() => enhancing.run(job.id))}
      onRemove={async () => lab?.jobs.remove(job.id)}
      removed={t('The job was removed. What was taken into chats stays.')}
    >
      <Results jobId={job.id} isRunning={state === 'running'} />
    </JobCard>
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
