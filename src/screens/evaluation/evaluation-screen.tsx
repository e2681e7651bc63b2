import { useState } from 'react'
import type { JobId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useJobs } from '#state/lab.ts'
import { Page } from '#ui/page.tsx'
import { NewRun } from './new-run.tsx'
import { RunCard } from './run-card.tsx'
import { SaveReports } from './save-reports.tsx'

/** Where models are measured: given-circumstance acting after CoSER. */
export function EvaluationScreen() {
  const jobs = useJobs('evaluate')
  const [chosen, setChosen] = useState<ReadonlySet<JobId>>(new Set())
  const [opened, setOpened] = useState<JobId>()
  const shown = jobs ?? []
  return (
    <Page title={t('Evaluate')}>
      <p className="-mt-3 max-w-2xl text-sm text-soft">
        {t(
          'Models play scenes of books after CoSER: an actor for the characters, one for the environment, one that says who is next, and a judge that looks for flaws in the play. Scores depend on the preset, the judge and the rounds, so these stand beside each of them.',
        )}
      </p>
      <NewRun onStarted={setOpened} />
      <section aria-label={t('Runs')} className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="me-auto font-story text-xl">{t('Runs')}</h2>
          <SaveReports jobIds={shown.filter(({ id }) => chosen.has(id)).map(({ id }) => id)} />
        </div>
        {jobs?.length === 0 && <p className="text-soft text-sm">{t('Nothing was measured yet.')}</p>}
        {shown.map((job) => (
          <RunCard
            key={job.id}
            job={job}
            isOpen={opened === job.id}
            onOpen={(isOpen) => setOpened(isOpen ? job.id : undefined)}
            isChosen={chosen.has(job.id)}
            onChoose={(isChosen) =>
              setChosen((before) => new Set(isChosen ? [...before, job.id] : [...before].filter((id) => id !== job.id)))
            }
          />
        ))}
      </section>
    </Page>
  )
}
