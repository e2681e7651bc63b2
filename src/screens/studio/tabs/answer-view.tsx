import { useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import { type Proposal, withoutPlanning } from '#core/cards/help/read-help.ts'
import { textAt } from '#core/cards/lint/advice.ts'
import { t } from '#lib/translate.ts'
import type { Aside } from '#state/use-aside.ts'
import { Button } from '#ui/button.tsx'
import { DiffText } from './diff-text.tsx'

interface Props {
  readonly aside: Aside | undefined
  readonly onStop: () => void
  readonly proposals: readonly Proposal[]
  readonly unreadable: { readonly raw: string; readonly wanted: 'texts' | 'questions' } | undefined
  readonly document: CardDocument
  readonly onTake: (proposal: Proposal) => void
}

/** What the model is answering, and what it proposed. */
export function AnswerView({ aside, onStop, proposals, unreadable, document, onTake }: Props) {
  return (
    <div className="flex flex-col gap-4">
      {aside?.isRunning && <Running text={aside.text} onStop={onStop} />}
      {!aside?.isRunning && proposals.length > 0 && (
        <p role="status" className="text-faint text-sm">
          {t(
            '{count, plural, one {One text is proposed.} other {# texts are proposed.}} Nothing changes before you take it.',
            { count: proposals.length },
          )}
        </p>
      )}
      {aside?.problem && (
        <p role="alert" className="text-danger text-sm">
          {aside.problem}
        </p>
      )}
      {!aside?.isRunning && unreadable && (
        <div className="flex flex-col gap-2">
          <p className="text-sm">
            {unreadable.wanted === 'texts'
              ? t(
                  'The model answered, but there are no texts in it that could be told apart. Ask again, or take from it by hand what is of use:',
                )
              : t(
                  'The model answered, but there are no questions in it that could be told apart. Ask again, or take from it by hand what is of use:',
                )}
          </p>
          <pre className="max-h-72 overflow-y-auto whitespace-pre-wrap rounded-lg border border-line bg-raised px-3 py-2 font-sans text-sm text-soft">
            {unreadable.raw}
          </pre>
        </div>
      )}
      {!aside?.isRunning &&
        proposals.map((proposal) => (
          <ProposalView
            key={`${proposal.path.join('.')} ${proposal.text}`}
            proposal={proposal}
            before={textAt(document, proposal.path)}
            onTake={() => onTake(proposal)}
          />
        ))}
    </div>
  )
}

function Running({ text, onStop }: { readonly text: string; readonly onStop: () => void }) {
  const visible = withoutPlanning(text)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3 text-faint text-sm">
        <span role="status" className="flex-1">
          {visible === '' ? t('The model is thinking…') : t('The model is writing…')}
        </span>
        <Button onClick={onStop}>{t('Stop')}</Button>
      </div>
      {visible !== '' && (
        <p className="max-h-48 overflow-hidden whitespace-pre-wrap text-soft text-sm">{visible.slice(-600)}</p>
      )}
    </div>
  )
}

interface ProposalProps {
  readonly proposal: Proposal
  readonly before: string
  readonly onTake: () => void
}

/** One text that is proposed, beside what is there; taken or left, it makes place for the others. */
function ProposalView({ proposal: { label, text }, before, onTake }: ProposalProps) {
  const [isLeft, setLeft] = useState(false)
  const isTaken = before === text
  if (isLeft || isTaken) {
    return (
      <p className="flex items-center gap-2 text-faint text-sm">
        {isTaken ? t('{field}: as proposed.', { field: label }) : t('{field}: left as it is.', { field: label })}
        {isLeft && !isTaken && (
          <Button look="quiet" onClick={() => setLeft(false)}>
            {t('Look again')}
          </Button>
        )}
      </p>
    )
  }
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <h2 className="font-medium text-sm">{label}</h2>
      <DiffText label={t('{what}: what would change', { what: label })} before={before} after={text} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onTake}>{t('Take it')}</Button>
        <Button look="quiet" onClick={() => setLeft(true)}>
          {t('Leave it')}
        </Button>
      </div>
    </section>
  )
}
