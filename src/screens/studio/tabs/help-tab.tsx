import { useState } from 'react'
import type { HelpMessage } from '#core/cards/help/ask-help.ts'
import type { HelpField } from '#core/cards/help/help-fields.ts'
import { acceptProposal, type Proposal, readProposals, readQuestions } from '#core/cards/help/read-help.ts'
import { t } from '#lib/translate.ts'
import { useActiveConnection } from '#state/connections.ts'
import { useServices } from '#state/services.tsx'
import { useAside } from '#state/use-aside.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import type { StudioTabProps } from '../studio-tab.ts'
import { AnswerView } from './answer-view.tsx'
import { FieldHelp } from './field-help.tsx'
import { InterviewHelp } from './interview-help.tsx'
import { NeedsModel } from './needs-model.tsx'
import { ProseHelp } from './prose-help.tsx'

type Way = 'field' | 'interview' | 'prose'

const ways: readonly (readonly [Way, string])[] = [
  ['field', t('Fill a field')],
  ['interview', t('Interview me')],
  ['prose', t('From a page of prose')],
]

/** What was answered, as far as it could be read. */
type Answer =
  | { readonly kind: 'proposals'; readonly proposals: readonly Proposal[] }
  | { readonly kind: 'unreadable'; readonly raw: string; readonly wanted: 'texts' | 'questions' }

/** The model as an editor. It only proposes: each text is compared with what is there, and taken or left. */
export function HelpTab({ document, change }: StudioTabProps) {
  const connection = useActiveConnection()
  const { cardHelp } = useServices()
  const { aside, ask, stop, dismiss } = useAside()
  const [way, setWay] = useState<Way>('field')
  const [answer, setAnswer] = useState<Answer>()
  const [questions, setQuestions] = useState<readonly string[]>([])
  if (!connection) return null
  if (connection.kind === 'demo') {
    return (
      <NeedsModel
        what={t('The model in use can fill a field, ask you about the character, or make a card of a page of prose.')}
      />
    )
  }

  async function askFor(messages: readonly HelpMessage[]): Promise<string> {
    setAnswer(undefined)
    let raw = ''
    await ask(
      async (signal, onText) => (await cardHelp()).ask({ messages, signal, onText }),
      (text) => {
        raw = text
      },
    )
    return raw
  }

  async function propose(messages: readonly HelpMessage[], asked?: readonly HelpField[]) {
    const raw = await askFor(messages)
    const proposals = readProposals(raw, asked)
    if (proposals.length > 0) setAnswer({ kind: 'proposals', proposals })
    else if (raw.trim() !== '') setAnswer({ kind: 'unreadable', raw, wanted: 'texts' })
  }

  async function interview(messages: readonly HelpMessage[]) {
    setQuestions([])
    const raw = await askFor(messages)
    const read = readQuestions(raw)
    setQuestions(read)
    if (read.length === 0 && raw.trim() !== '') setAnswer({ kind: 'unreadable', raw, wanted: 'questions' })
  }

  function choose(next: Way) {
    dismiss()
    setAnswer(undefined)
    setWay(next)
  }

  const isRunning = aside?.isRunning === true
  return (
    <div className="flex flex-col gap-5">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t('How to be helped')}</legend>
        {ways.map(([value, label]) => (
          <Button
            key={value}
            look="quiet"
            aria-pressed={way === value}
            className={classNames(way === value && 'bg-sunken text-ink')}
            onClick={() => choose(value)}
          >
            {label}
          </Button>
        ))}
      </fieldset>
      {way === 'field' && <FieldHelp document={document} isRunning={isRunning} onAsk={propose} />}
      {way === 'interview' && (
        <InterviewHelp
          document={document}
          isRunning={isRunning}
          questions={questions}
          onQuestions={interview}
          onAsk={propose}
        />
      )}
      {way === 'prose' && (
        <ProseHelp isRunning={isRunning} contextTokens={connection.capabilities.contextTokens} onAsk={propose} />
      )}
      <AnswerView
        aside={aside}
        onStop={stop}
        proposals={answer?.kind === 'proposals' ? answer.proposals : []}
        unreadable={answer?.kind === 'unreadable' ? answer : undefined}
        document={document}
        onTake={(proposal) => change(acceptProposal(document, proposal))}
      />
    </div>
  )
}
