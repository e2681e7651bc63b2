import { useState } from 'react'
import type { RunReport } from '#core/coser/report/run-report.ts'
import { dimensions } from '#core/coser/rubric.ts'
import type { JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { CaseList } from '../case-list.tsx'
import { CostLine } from '../cost-line.tsx'
import { Meter } from '../meter.tsx'
import { writeScore } from '../write-score.ts'
import { CaseView } from './case-view.tsx'
import { dimensionLabels } from './dimension-labels.ts'

/** Names of measures are the same in every language. */
const [bleuName, rougeName] = ['BLEU', 'ROUGE-L'] as const

interface Props {
  readonly records: ReadonlyMap<string, JsonValue>
  readonly report: RunReport
  /** A case that an address asked for. */
  readonly sought: string | undefined
}

/** A run in numbers with what they hang on, and each of its cases. */
export function RunResults({ records, report, sought }: Props) {
  const { summary, cases } = report
  const { run } = summary
  const [opened, setOpened] = useState(sought)
  const results = new Map(cases.map(({ id, result }) => [id, result]))
  const begun = new Set(
    [...records.keys()].flatMap((key) =>
      /^(.+)\/\d+\/[\w-]+$/.exec(key)?.[1] ? [key.replace(/\/\d+\/[\w-]+$/, '')] : [],
    ),
  )
  // Whoever opens a run that goes on sees what is played now.
  const watched = opened ?? run.caseIds.find((id) => begun.has(id) && !results.has(id)) ?? run.caseIds[0]
  return (
    <div className="flex flex-col gap-5">
      <p className="text-soft text-sm">
        {t(
          'Preset {preset}; judge {judge}; actor {actor}; cases {done, number} of {all, number}; rounds at most {rounds, number}; actor rounds in the mean {mean}; judgements unreadable {unreadable, number}, not given {unanswered, number}; turns failed {failed, number}; speakers drawn {drawn, number}.',
          {
            preset: run.preset,
            judge: run.models.judge,
            actor: run.models.actor,
            done: summary.cases,
            all: run.caseIds.length,
            rounds: run.rounds,
            mean: writeScore(summary.meanActorRounds),
            unreadable: summary.unreadable,
            unanswered: summary.unanswered,
            failed: summary.failedTurns,
            drawn: summary.drawnSpeakers,
          },
        )}
      </p>
      <CostLine records={records} />
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {dimensions.map((dimension) => (
          <Meter key={dimension} label={dimensionLabels[dimension]} interval={summary.dimensions[dimension]} />
        ))}
        <Meter label={t('Average')} interval={summary.average} />
        <Meter label={bleuName} interval={summary.bleu} most={1} digits={4} />
        <Meter label={rougeName} interval={summary.rougeL} most={1} digits={4} />
      </dl>
      <div className="grid gap-4 md:grid-cols-[16rem_minmax(0,1fr)]">
        <CaseList
          label={t('Cases')}
          cases={run.caseIds.map((id) => ({
            id,
            score: results.get(id)?.score,
            state: results.has(id) ? 'done' : begun.has(id) ? 'begun' : 'waits',
          }))}
          watched={watched}
          onWatch={setOpened}
        />
        {watched !== undefined && (
          <CaseView key={watched} id={watched} run={run} records={records} isSought={watched === sought} />
        )}
      </div>
    </div>
  )
}
