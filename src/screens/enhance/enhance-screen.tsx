import { t } from '#lib/translate.ts'
import { useJobs } from '#state/lab.ts'
import { Page } from '#ui/page.tsx'
import { EnhanceCard } from './enhance-card.tsx'
import { NewJob } from './new-job.tsx'

/** Where thoughts and planning are written into stories that were told without them. */
export function EnhanceScreen() {
  const jobs = useJobs('enhance')
  return (
    <Page title={t('Enhance')}>
      <p className="-mt-3 max-w-2xl text-sm text-soft">
        {t(
          'A teacher model writes what was thought and planned behind the words of a story, in the steps by which HER’s training data was made. What was said stays as it is: each turn that comes of it is another take of its turn. A teacher is asked for one character at a time and is told nothing that this character can’t know.',
        )}
      </p>
      <NewJob />
      <section aria-label={t('Jobs')} className="flex flex-col gap-3">
        <h2 className="font-story text-xl">{t('Jobs')}</h2>
        {jobs?.length === 0 && <p className="text-soft text-sm">{t('Nothing was enhanced yet.')}</p>}
        {jobs?.map((job) => (
          <EnhanceCard key={job.id} job={job} />
        ))}
      </section>
    </Page>
  )
}
