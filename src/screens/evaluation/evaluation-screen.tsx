import { useState } from 'react'
import type { JobId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useEvaluating } from '#state/evaluating.ts'
import { Page } from '#ui/page.tsx'
import { CompareRuns } from './coser/compare-runs.tsx'
import { NewRun } from './coser/new-run.tsx'
import { OpenRun } from './coser/open-run.tsx'
import { Runs } from './runs.tsx'
import { openRun } from './use-address.ts'

/** Where models are measured: given-circumstance acting after CoSER. */
export function EvaluationScreen() {
  const evaluating = useEvaluating()
  const [started, setStarted] = useState<JobId>()
  return (
    <Page title={t('Evaluate')}>
      <p className="-mt-3 max-w-2xl text-sm text-soft">
        {t(
          'Models play scenes of books after CoSER: an actor for the characters, one for the environment, one that says who is next, and a judge that looks for flaws in the play. Scores depend on the preset, the judge and the rounds, so these stand beside each of them.',
        )}
      </p>
      <NewRun
        onStarted={(id) => {
          setStarted(id)
          openRun(id)
        }}
      />
      <Runs
        kind="evaluate"
        onGoOn={evaluating?.run}
        started={started}
        reportName="evaluation"
        writeReport={async (form, jobIds) => {
          const reports = (await evaluating?.reportsOf(jobIds)) ?? []
          if (reports.length === 0) return undefined
          if (form === 'html') return (await import('#core/coser/report/coser-html.ts')).coserHtml(reports)
          const { coserCsv, coserJson } = await import('#core/coser/report/coser-tables.ts')
          return form === 'csv' ? coserCsv(reports) : coserJson(reports)
        }}
        showRun={(job, sought) => <OpenRun key={sought} job={job} sought={sought} />}
        compare={(first, other) => <CompareRuns first={first} other={other} />}
      />
    </Page>
  )
}
