import { useState } from 'react'
import { benchName } from '#core/bench-like/rubric.ts'
import type { JobId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useBenching } from '#state/benching.ts'
import { Page } from '#ui/page.tsx'
import { CompareBench } from './bench-like/compare-bench.tsx'
import { NewBench } from './bench-like/new-bench.tsx'
import { OpenBench } from './bench-like/open-bench.tsx'
import { Runs } from './runs.tsx'
import { openRun } from './use-address.ts'

/** Where models are measured in long dialogues with a simulated user. */
export function BenchScreen() {
  const benching = useBenching()
  const [started, setStarted] = useState<JobId>()
  return (
    <Page title={benchName}>
      <p className="-mt-3 max-w-2xl text-sm text-soft">
        {t(
          'After MiniMax’s Role-Play Bench: a character talks with a simulated user for a hundred turns, and a judge looks for what went wrong in each stretch of them. Their judge, their simulated user and the weights inside a pillar are not published. Those here are ours, so scores can’t be compared with the published ones.',
        )}
      </p>
      <NewBench
        onStarted={(id) => {
          setStarted(id)
          openRun(id)
        }}
      />
      <Runs
        kind="bench-like"
        onGoOn={benching?.run}
        started={started}
        reportName="role-play-bench-like"
        writeReport={async (form, jobIds) => {
          const reports = (await benching?.reportsOf(jobIds)) ?? []
          if (reports.length === 0) return undefined
          if (form === 'html') return (await import('#core/bench-like/bench-html.ts')).benchHtml(reports)
          const { benchCsv, benchJson } = await import('#core/bench-like/bench-report.ts')
          return form === 'csv' ? benchCsv(reports) : benchJson(reports)
        }}
        showRun={(job, sought) => <OpenBench key={sought} job={job} sought={sought} />}
        compare={(first, other) => <CompareBench first={first} other={other} />}
      />
    </Page>
  )
}
