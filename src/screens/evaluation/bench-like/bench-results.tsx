import { useState } from 'react'
import type { BenchReport } from '#core/bench-like/bench-summary.ts'
import { seedScores } from '#core/bench-like/bench-summary.ts'
import { benchName, pillarParts, pillarScores, pillars } from '#core/bench-like/rubric.ts'
import { type BenchRun, dialogueKey, dialogueOfLine, dialoguesOf } from '#core/bench-like/run-header.ts'
import type { JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { CaseList, type CaseState } from '../case-list.tsx'
import { CostLine } from '../cost-line.tsx'
import { Meter } from '../meter.tsx'
import { writePercent } from '../write-score.ts'
import { benchDimensionLabels, pillarLabels } from './bench-labels.ts'
import { SeedView } from './seed-view.tsx'

interface Props {
  readonly records: ReadonlyMap<string, JsonValue>
  readonly report: BenchReport
  /** A seed that an address asked for. */
  readonly sought: string | undefined
}

/** A run in numbers with what they hang on, and each of its dialogues. */
export function BenchResults({ records, report: { summary, results }, sought }: Props) {
  const { run } = summary
  const [opened, setOpened] = useState(sought)
  const begun = begunIn(records)
  const cases = run.seedIds.map((id) => stateOf(id, run, results.get(id) ?? [], begun))
  // Whoever opens a run that goes on sees what is played now.
  const watched = opened ?? cases.find(({ state }) => state === 'begun')?.id ?? run.seedIds[0]
  return (
    <div className="flex flex-col gap-5">
      <p className="text-soft text-sm">
        {t(
          '{name}: dialogues {done, number} of {all, number}, {runs, number} of each seed; turns {turns, number}, judged by {stretch, number}. Actor {actor}; simulated user {simulator}; judge {judge}.',
          {
            name: benchName,
            done: summary.dialogues,
            all: dialoguesOf(run).length,
            runs: run.runs,
            turns: run.turns,
            stretch: run.stretch,
            actor: run.models.actor,
            simulator: run.models.simulator,
            judge: run.models.judge,
          },
        )}{' '}
        {t(
          'Misalignments {found, number}. Left out of {stretches, number} stretches: unreadable {unreadable, number}, not judged {unanswered, number}. Seeds without a score {unscored, number}; lines that failed {failed, number}; lines of the character without words {silent, number}.',
          {
            found: summary.misalignments,
            stretches: summary.stretches,
            unreadable: summary.unreadable,
            unanswered: summary.unanswered,
            unscored: summary.seedsWithoutScore,
            failed: summary.failedLines,
            silent: summary.silentLines,
          },
        )}
      </p>
      <CostLine records={records} />
      <dl>
        <Meter label={t('{name}, overall', { name: benchName })} interval={summary.overall} isMain />
      </dl>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-3">
        {pillars.map((pillar) => (
          <div key={pillar} className="flex flex-col gap-3">
            <dl>
              <Meter
                label={t('{pillar} · {weight}', {
                  pillar: pillarLabels[pillar],
                  weight: writePercent(pillarParts[pillar].weight),
                })}
                interval={summary.pillars[pillar]}
                isMain
                isNarrow
              />
            </dl>
            <dl className="flex flex-col gap-2 border-line border-s ps-3">
              {pillarParts[pillar].dimensions.map((dimension) => (
                <Meter
                  key={dimension}
                  label={benchDimensionLabels[dimension]}
                  interval={summary.dimensions[dimension]}
                  isNarrow
                />
              ))}
            </dl>
          </div>
        ))}
      </div>
      <p className="text-faint text-xs">
        {t(
          'The weights of the pillars are the published ones; inside a pillar each dimension counts the same, which is ours. Intervals are of 95 %, over the seeds.',
        )}
      </p>
      <div className="grid gap-4 md:grid-cols-[14rem_minmax(0,1fr)]">
        <CaseList label={t('Seeds')} cases={cases} watched={watched} onWatch={setOpened} />
        {watched !== undefined && (
          <SeedView
            key={watched}
            id={watched}
            run={run}
            results={results.get(watched) ?? []}
            begun={begun}
            records={records}
            isSought={watched === sought}
          />
        )}
      </div>
    </div>
  )
}

function begunIn(records: ReadonlyMap<string, JsonValue>): ReadonlySet<string> {
  return new Set(
    [...records.keys()].flatMap((key) => {
      const dialogue = dialogueOfLine(key)
      return dialogue ? [dialogueKey(dialogue)] : []
    }),
  )
}

function stateOf(
  id: string,
  { runs }: BenchRun,
  results: Parameters<typeof seedScores>[0],
  begun: ReadonlySet<string>,
): CaseState {
  const scores = seedScores(results)
  const isBegun = Array.from({ length: runs }, (_, index) => dialogueKey({ seedId: id, index })).some((key) =>
    begun.has(key),
  )
  const state = results.length >= runs ? 'done' : isBegun ? 'begun' : 'waits'
  return { id, score: scores && pillarScores(scores).overall, state }
}
