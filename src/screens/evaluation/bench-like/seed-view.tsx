import { useState } from 'react'
import type { DialogueResult } from '#core/bench-like/dialogue-result.ts'
import { meanScores, pillarScores } from '#core/bench-like/rubric.ts'
import { type BenchRun, dialogueKey, keptSeed } from '#core/bench-like/run-header.ts'
import type { JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { SoughtCase } from '../sought-case.tsx'
import { writeScore } from '../write-score.ts'
import { DialogueView } from './dialogue-view.tsx'

interface Props {
  readonly id: string
  readonly run: BenchRun
  readonly results: readonly DialogueResult[]
  /** Keys of dialogues of which something is played. */
  readonly begun: ReadonlySet<string>
  readonly records: ReadonlyMap<string, JsonValue>
  readonly isSought: boolean
}

/** A seed and its dialogues, one of which is read or watched. */
export function SeedView({ id, run, results, begun, records, isSought }: Props) {
  const [chosen, setChosen] = useState<number>()
  const seed = keptSeed(id, records)
  const indices = Array.from({ length: run.runs }, (_, index) => index)
  const resultOf = (index: number) => results.find((result) => result.index === index)
  const isPlayed = (index: number) => begun.has(dialogueKey({ seedId: id, index })) && !resultOf(index)
  const shown = chosen ?? indices.find(isPlayed) ?? 0
  if (!seed) return null
  return (
    <SoughtCase label={id} isSought={isSought}>
      <details className="text-sm">
        <summary className="cursor-pointer text-soft">
          {t('{character} and {user}', { character: seed.ai_name, user: seed.user_name })}
        </summary>
        {[
          { name: seed.ai_name, setting: seed.ai_setting },
          { name: seed.user_name, setting: seed.user_setting },
        ].map(({ name, setting }) => (
          <p key={name} dir="auto" className="mt-2 whitespace-pre-wrap break-words text-soft">
            <b className="font-medium text-ink">{name}</b> {setting}
          </p>
        ))}
      </details>
      {run.runs > 1 && (
        <fieldset aria-label={t('Dialogues')} className="flex flex-wrap gap-1.5">
          {indices.map((index) => (
            <button
              key={index}
              type="button"
              aria-pressed={index === shown}
              className="min-h-9 rounded-lg border border-line px-3 text-sm text-soft tabular-nums hover:border-faint aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-ink"
              onClick={() => setChosen(index)}
            >
              {t('Dialogue {number, number}: {score}', {
                number: index + 1,
                score: scoreOf(resultOf(index)) ?? (isPlayed(index) ? t('on stage') : '–'),
              })}
            </button>
          ))}
        </fieldset>
      )}
      <DialogueView key={shown} seed={seed} run={run} index={shown} result={resultOf(shown)} records={records} />
    </SoughtCase>
  )
}

function scoreOf(result: DialogueResult | undefined): string | undefined {
  const scores = result && meanScores(result.stretches.flatMap((stretch) => stretch.scores ?? []))
  return scores && writeScore(pillarScores(scores).overall, 1)
}
