import { useState } from 'react'
import { modelLabel } from '#core/model-label.ts'
import { t } from '#lib/translate.ts'
import { useBoundConnection } from '#state/bound-connection.ts'
import { type BenchRun, useTestBench } from '#state/test-bench.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/field.tsx'
import type { StudioTabProps } from '../studio-tab.ts'
import { BenchReplyView } from './bench-reply-view.tsx'
import { NeedsModel } from './needs-model.tsx'

interface Opening {
  readonly tries: string
  readonly text: string
}

/** One for the voice, one for what is hidden, one for how it holds against a push. Models are told them, as they are. */
const standingOpenings: readonly Opening[] = [
  { tries: t('Voice'), text: 'Good evening. I don’t think we have met. Who are you, and what brings you here?' },
  { tries: t('What is kept back'), text: '*sits down without being asked* What is it that you are not telling me?' },
  { tries: t('Under pressure'), text: '*blocks the way to the door* You are coming with me. Now.' },
]

/** The card tried with the model in use: the same openings each time, so that runs can be compared. */
export function BenchTab({ characterId, document }: StudioTabProps) {
  // Its own, where it has one: the bench asks as a chat would.
  const connection = useBoundConnection({ characterId }, { kind: 'character', characterId })?.connection
  const { runs, isRunning, own, run, stop, setOwn } = useTestBench(characterId)
  const [problem, setProblem] = useState<string>()
  const openings =
    own.trim() === '' ? standingOpenings : [...standingOpenings, { tries: t('Your own'), text: own.trim() }]
  if (!connection) return null
  if (connection.kind === 'demo') {
    return <NeedsModel what={t('The test bench asks the model in use for replies to three standing openings.')} />
  }

  async function start(model: string) {
    setProblem(undefined)
    try {
      await run(
        document,
        openings.map(({ text }) => text),
        model,
      )
    } catch (error) {
      setProblem(t('It could not be tried: {error}', { error: String(error) }))
    }
  }

  return (
    <div className="flex flex-col gap-5">
      <p className="text-soft text-sm">
        {t(
          'The card as it stands here, greeting and all, before the same openings each time. It asks {model}, one after the other; nothing is kept as a chat.',
          { model: modelLabel(connection.model) },
        )}
      </p>
      <Field label={t('An opening of your own')} hint={t('*Between asterisks* is what you do.')}>
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            value={own}
            disabled={isRunning}
            onChange={(event) => setOwn(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        {isRunning ? (
          <Button onClick={stop}>{t('Stop')}</Button>
        ) : (
          <Button look="primary" onClick={() => void start(connection.model)}>
            {runs.length === 0 ? t('Try the card') : t('Run again')}
          </Button>
        )}
        <span role="status" className="text-faint text-xs">
          {isRunning
            ? t('Answer {number, number} of {count, number}', {
                number: Object.keys(runs[0]?.replies ?? {}).length || 1,
                count: openings.length,
              })
            : runs.length > 0 && t('The run that is here now stays beside the new one.')}
        </span>
      </div>
      {problem && <p className="text-danger text-sm">{problem}</p>}
      <div className="@container flex flex-col gap-6">
        {openings.map((opening) => (
          <OpeningView key={opening.text} opening={opening} runs={runs} />
        ))}
      </div>
    </div>
  )
}

interface OpeningProps {
  readonly opening: Opening
  readonly runs: readonly BenchRun[]
}

/** An opening and what was answered to it, the newest run first, the one before beside it. */
function OpeningView({ opening: { tries, text }, runs }: OpeningProps) {
  const answered = runs.filter(({ replies }) => replies[text] !== undefined)
  return (
    <section aria-label={tries} className="flex flex-col gap-2">
      <h2 className="font-medium text-sm">{tries}</h2>
      <p className="font-story text-soft text-sm">{text}</p>
      <div className="grid gap-3 @lg:grid-cols-2">
        {answered.map((run) => {
          const reply = run.replies[text]
          if (!reply) return null
          const label = run.id === runs[0]?.id ? t('This run') : t('The run before')
          return <BenchReplyView key={run.id} label={label} model={modelLabel(run.model)} reply={reply} />
        })}
      </div>
    </section>
  )
}
