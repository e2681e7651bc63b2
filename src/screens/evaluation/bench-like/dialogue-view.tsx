import { useMemo } from 'react'
import { type BenchLine, lineLayers, toldText } from '#core/bench-like/bench-line.ts'
import type { DialogueResult, JudgedStretch, PlacedMisalignment } from '#core/bench-like/dialogue-result.ts'
import { dialogueSoFar } from '#core/bench-like/dialogue-so-far.ts'
import { dimensions } from '#core/bench-like/rubric.ts'
import type { BenchRun } from '#core/bench-like/run-header.ts'
import type { BenchSeed } from '#core/bench-like/seed.ts'
import type { JsonValue } from '#core/job.ts'
import { formatNumber, t } from '#lib/translate.ts'
import { Finding, LayeredWords } from '../layered-words.tsx'
import { benchDimensionLabels } from './bench-labels.ts'

interface Props {
  readonly seed: BenchSeed
  readonly run: BenchRun
  readonly index: number
  /** Undefined while it is played. */
  readonly result: DialogueResult | undefined
  readonly records: ReadonlyMap<string, JsonValue>
}

/** A dialogue as it is played, and judged: each line in its layers, each misalignment on its line. */
export function DialogueView({ seed, run, index, result, records }: Props) {
  if (result) {
    const { lines, stretches } = result
    return stretches.map((stretch) => (
      <Stretch
        key={stretch.from}
        stretch={stretch}
        lines={lines.filter(({ turn }) => turn >= stretch.from && turn <= stretch.to)}
      />
    ))
  }
  return <SoFar {...{ seed, run, index, records }} />
}

function SoFar({ seed, run, index, records }: Omit<Props, 'result'>) {
  const dialogue = { seedId: seed.id, index }
  const { lines, next } = dialogueSoFar(seed, run, dialogue, records)
  return (
    <>
      <Lines lines={lines} misalignments={[]} isLive />
      <p className="text-faint text-sm">
        {next
          ? t('{name} is answering.', { name: next === 'ai' ? seed.ai_name : seed.user_name })
          : t('The play is over; it is being judged.')}
      </p>
    </>
  )
}

interface StretchProps {
  readonly stretch: JudgedStretch
  readonly lines: readonly BenchLine[]
}

function Stretch({ stretch: { from, to, state, scores, misalignments }, lines }: StretchProps) {
  const ofWhole = misalignments.filter(({ placed }) => placed === undefined)
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-3">
      <p className="text-sm">
        <span className="font-medium">{t('Turns {from, number} to {to, number}', { from, to })}</span>{' '}
        <span className="text-soft">
          {scores
            ? dimensions
                .map((dimension) =>
                  t('{label} {score}', {
                    label: benchDimensionLabels[dimension],
                    score: formatNumber(scores[dimension]),
                  }),
                )
                .join(' · ')
            : state === 'unreadable'
              ? t('What the judge said can’t be read: left out.')
              : t('The judge did not answer: left out.')}
        </span>
      </p>
      <Lines lines={lines} misalignments={misalignments} isLive={false} />
      {ofWhole.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <h4 className="font-medium text-sm">{t('Of the whole')}</h4>
          {ofWhole.map((found, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a judgement does not change
            <Found key={place} found={found} />
          ))}
        </div>
      )}
    </div>
  )
}

interface LinesProps {
  readonly lines: readonly BenchLine[]
  readonly misalignments: readonly PlacedMisalignment[]
  readonly isLive: boolean
}

function Lines({ lines, misalignments, isLive }: LinesProps) {
  return (
    <ol className="flex flex-col gap-3" start={lines[0]?.turn ?? 0} aria-live={isLive ? 'polite' : 'off'}>
      {lines.map((line) => (
        <li key={line.turn} className="flex flex-col gap-1.5 font-story">
          <Line {...line} />
          {misalignments
            .filter(({ placed }) => placed === line.turn)
            .map((found, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a judgement does not change
              <Found key={place} found={found} />
            ))}
        </li>
      ))}
    </ol>
  )
}

function Line({ turn, side, name, text, isScripted, failed }: BenchLine) {
  const line = useMemo(
    () => ({ turn, side, name, text, isScripted, failed }),
    [turn, side, name, text, isScripted, failed],
  )
  const parts = useMemo(() => lineLayers(line).filter((part) => part.text.trim() !== ''), [line])
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words">
      <span className="font-sans text-faint text-xs tabular-nums">{formatNumber(turn)}</span>{' '}
      <b className="me-1 font-medium">{name}</b>
      {isScripted && <span className="me-1 font-sans text-faint text-xs">{t('(given)')}</span>}
      <LayeredWords parts={parts} />
      {failed ? (
        <i className="text-faint">{t('No answer.')}</i>
      ) : (
        toldText(line) === '' && <i className="text-faint">{t('Nothing is said or done.')}</i>
      )}
    </p>
  )
}

function Found({ found: { dimension, quote, why } }: { readonly found: PlacedMisalignment }) {
  return (
    <Finding title={dimension ? benchDimensionLabels[dimension] : t('No dimension')} about={quote && `“${quote}”`}>
      {why}
    </Finding>
  )
}
