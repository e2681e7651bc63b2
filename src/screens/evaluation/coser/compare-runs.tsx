import { useMemo } from 'react'
import { compareRunCases, type RunMeasure } from '#core/coser/report/compare-runs.ts'
import type { RunReport } from '#core/coser/report/run-report.ts'
import { type RunDiffering, runDiffering } from '#core/coser/run-header.ts'
import type { Job } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useRunReport } from '#state/evaluating.ts'
import { useJobRecords } from '#state/lab.ts'
import { Comparison } from '../comparison.tsx'
import { dimensionLabels } from './dimension-labels.ts'

const labels: Readonly<Record<RunMeasure, string>> = {
  average: t('Average'),
  ...dimensionLabels,
  bleu: 'BLEU',
  rougeL: 'ROUGE-L',
}

const shares: ReadonlySet<RunMeasure> = new Set(['bleu', 'rougeL'])

const settings: Readonly<Record<RunDiffering['what'], string>> = {
  actor: t('Actor'),
  environment: t('Environment'),
  'next-speaker': t('Next speaker'),
  judge: t('Judge'),
  preset: t('Preset'),
  rounds: t('Rounds at most'),
  motivation: t('Source of what each has in mind'),
  continueFrom: t('Lines taken from the book'),
  choosing: t('Way to choose who is next'),
}

interface Props {
  readonly first: Job
  readonly other: Job
}

/** Two evaluations against each other. */
export function CompareRuns({ first, other }: Props) {
  const one = useRunReport(useJobRecords(first.id))
  const two = useRunReport(useJobRecords(other.id))
  if (!one || !two) return <p className="text-soft text-sm">{t('Reading…')}</p>
  return <Compared jobs={{ first, other }} first={one} other={two} />
}

interface ComparedProps {
  readonly jobs: Props
  readonly first: RunReport
  readonly other: RunReport
}

function Compared({ jobs, first, other }: ComparedProps) {
  const scores = useMemo(() => compareRunCases(first, other), [first, other])
  const differing = runDiffering(first.summary.run, other.summary.run)
    .filter(({ what }) => what !== 'actor')
    .map((one) => ({ ...one, label: settings[one.what] }))
  return <Comparison {...jobs} scores={scores} differing={differing} labels={labels} shares={shares} />
}
