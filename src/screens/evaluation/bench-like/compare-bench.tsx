import { useMemo } from 'react'
import type { BenchReport } from '#core/bench-like/bench-summary.ts'
import { type BenchMeasure, compareBenchSeeds } from '#core/bench-like/compare-bench.ts'
import { type BenchDiffering, benchDiffering } from '#core/bench-like/run-header.ts'
import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useBenchReport } from '#state/benching.ts'
import { useJobRecords } from '#state/lab.ts'
import { Comparison } from '../comparison.tsx'
import { benchDimensionLabels, pillarLabels } from './bench-labels.ts'

const labels: Readonly<Record<BenchMeasure, string>> = {
  overall: t('Overall'),
  ...pillarLabels,
  ...benchDimensionLabels,
}

const settings: Readonly<Record<BenchDiffering['what'], string>> = {
  actor: t('Actor'),
  simulator: t('Simulated user'),
  judge: t('Judge'),
  turns: t('Turns'),
  runs: t('Dialogues of each seed'),
  stretch: t('Turns judged at once'),
}

interface Props {
  readonly first: Job
  readonly other: Job
}

/** Two runs of dialogues against each other, seed by seed. */
export function CompareBench({ first, other }: Props) {
  const one = useBenchReport(useJobRecords(first.id))
  const two = useBenchReport(useJobRecords(other.id))
  if (!one || !two) return <p className="text-soft text-sm">{t('Reading…')}</p>
  return <Compared jobs={{ first, other }} first={one} other={two} />
}

interface ComparedProps {
  readonly jobs: Props
  readonly first: BenchReport
  readonly other: BenchReport
}

function Compared({ jobs, first, other }: ComparedProps) {
  const scores = useMemo(() => compareBenchSeeds(first, other), [first, other])
  const differing = benchDiffering(first.summary.run, other.summary.run)
    .filter(({ what }) => what !== 'actor')
    .map((one) => ({ ...one, label: settings[one.what] }))
  return <Comparison {...jobs} scores={scores} differing={differing} labels={labels} />
}
