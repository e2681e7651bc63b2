import { useMemo } from 'react'
import { readCaseResult, resultKey } from '#core/coser/case-result.ts'
import { linesSoFar } from '#core/coser/lines-so-far.ts'
import { lineParts } from '#core/coser/report/line-parts.ts'
import { type FoundFlaw, placeFlaws } from '#core/coser/report/run-report.ts'
import { dimensions } from '#core/coser/rubric.ts'
import { caseKey, type RunHeader, readKeptCase } from '#core/coser/run-header.ts'
import type { JsonValue } from '#core/job.ts'
import { formatNumber, t } from '#lib/translate.ts'
import { Finding, LayeredWords } from '../layered-words.tsx'
import { SoughtCase } from '../sought-case.tsx'
import { writeScore } from '../write-score.ts'
import { dimensionLabels } from './dimension-labels.ts'

interface Props {
  readonly id: string
  readonly run: RunHeader
  readonly records: ReadonlyMap<string, JsonValue>
  readonly isSought: boolean
}

/** A case as it is played, and judged: each line in its layers, each flaw on the line it quotes. */
export function CaseView({ id, run, records, isSought }: Props) {
  const kept = records.get(caseKey(id))
  const test = useMemo(() => readKeptCase(id, kept, run), [id, kept, run])
  const result = useMemo(() => readCaseResult(records.get(resultKey(id))), [records, id])
  const soFar = test && !result ? linesSoFar(test, run, records) : undefined
  const lines = result?.lines ?? soFar?.lines ?? []
  const flaws = useMemo(() => result && placeFlaws(test, result, run), [result, test, run])
  return (
    <SoughtCase label={id} isSought={isSought}>
      {test && (
        <p className="text-soft text-sm" dir="auto">
          {test.scenario}
        </p>
      )}
      {result && (
        <p className="text-sm">
          {dimensions
            .map((dimension) => {
              const { score, state } = result.judgements[dimension]
              const label = dimensionLabels[dimension]
              const written = score === undefined ? '–' : writeScore(score)
              return state === 'judged'
                ? t('{label} {score}', { label, score: written })
                : t('{label} {score} (not judged)', { label, score: written })
            })
            .join(' · ')}
        </p>
      )}
      <ol className="flex flex-col gap-3" aria-live={result ? 'off' : 'polite'}>
        {lines.map((line, index) => (
          <li key={line.round} className="flex flex-col gap-1.5 font-story">
            <p dir="auto" className="whitespace-pre-wrap">
              <b className="font-medium">{line.speaker}</b> <LayeredWords parts={lineParts(line)} />
              {line.failed && <i className="text-faint">{t('No answer.')}</i>}
            </p>
            {flaws?.byLine[index]?.map((flaw, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a judgement does not change
              <FlawNote key={place} flaw={flaw} />
            ))}
          </li>
        ))}
        {soFar?.newest !== undefined && soFar.next && (
          <li className="font-story">
            <p dir="auto" className="whitespace-pre-wrap">
              <b className="font-medium">{soFar.next.speaker}</b>{' '}
              <LayeredWords parts={lineParts({ speaker: soFar.next.speaker, text: soFar.newest })} />
            </p>
          </li>
        )}
      </ol>
      {soFar?.next && soFar.newest === undefined && (
        <p className="text-faint text-sm">{t('{name} is answering.', { name: soFar.next.speaker })}</p>
      )}
      {soFar && !soFar.next && <p className="text-faint text-sm">{t('The play is over; it is being judged.')}</p>}
      {flaws && flaws.ofWhole.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <h4 className="font-medium text-sm">{t('Of the whole')}</h4>
          {flaws.ofWhole.map((flaw, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a judgement does not change
            <FlawNote key={place} flaw={flaw} />
          ))}
        </div>
      )}
    </SoughtCase>
  )
}

function FlawNote({ flaw: { dimension, type, severity, instance } }: { readonly flaw: FoundFlaw }) {
  const label = dimensionLabels[dimension]
  return (
    <Finding
      title={severity === undefined ? t('No severity') : t('Severity {severity}', { severity: formatNumber(severity) })}
      about={type && type !== dimension ? `${label} · ${type}` : label}
    >
      {instance}
    </Finding>
  )
}
