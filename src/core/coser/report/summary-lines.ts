import { dimensions } from '../rubric.ts'
import type { RunSummary } from '../run-summary.ts'
import { withInterval } from './report-page.ts'

/** A run in lines of plain text: no score without what it was made with. */
export function summaryLines(summary: RunSummary): string[] {
  const { run } = summary
  const scores = [
    ['Average', withInterval(summary.average)],
    ...dimensions.map((dimension) => [dimension, withInterval(summary.dimensions[dimension])]),
    ['BLEU', withInterval(summary.bleu, 4)],
    ['ROUGE-L', withInterval(summary.rougeL, 4)],
  ]
  return [
    `${run.title}: preset ${run.preset}, actor ${run.models.actor}, judge ${run.models.judge}`,
    `environment ${run.models.environment}, next speaker ${run.choosing === 'chance' ? 'by chance' : run.models['next-speaker']}, motivation ${run.motivation}, seed ${run.seed}`,
    `${summary.cases} of ${run.caseIds.length} cases, at most ${run.rounds} rounds, ${summary.meanActorRounds.toFixed(2)} actor rounds in the mean`,
    `${summary.unreadable} judgements unreadable, ${summary.unanswered} not given, ${summary.failedTurns} turns failed, ${summary.drawnSpeakers} speakers drawn`,
    ...scores.map(([name = '', value = '']) => `${name.padEnd(24)}${value}`),
  ]
}
