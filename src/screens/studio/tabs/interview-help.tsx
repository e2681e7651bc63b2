import { useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import { askForQuestions, askFromAnswers, type HelpMessage } from '#core/cards/help/ask-help.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/field.tsx'

interface Props {
  readonly document: CardDocument
  readonly isRunning: boolean
  readonly questions: readonly string[]
  readonly onQuestions: (messages: readonly HelpMessage[]) => Promise<void>
  readonly onAsk: (messages: readonly HelpMessage[]) => Promise<void>
}

/** The model asks, the author answers, and the model works the answers in. */
export function InterviewHelp({ document, isRunning, questions, onQuestions, onAsk }: Props) {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const answered = questions.map((question) => ({ question, answer: answers[question] ?? '' }))
  const hasAnswer = answered.some(({ answer }) => answer.trim() !== '')
  const view = viewCard(document)
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (hasAnswer) void onAsk(askFromAnswers(view, answered))
      }}
    >
      {questions.map((question) => (
        <Field key={question} label={question}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={answers[question] ?? ''}
              onChange={(event) => setAnswers((before) => ({ ...before, [question]: event.target.value }))}
            />
          )}
        </Field>
      ))}
      <div className="flex flex-wrap gap-2">
        {questions.length > 0 && (
          <Button type="submit" look="primary" disabled={isRunning || !hasAnswer}>
            {t('Work my answers in')}
          </Button>
        )}
        <Button
          look={questions.length > 0 ? 'plain' : 'primary'}
          disabled={isRunning}
          onClick={() => void onQuestions(askForQuestions(view))}
        >
          {questions.length > 0 ? t('Ask something else') : t('Ask me three questions')}
        </Button>
      </div>
    </form>
  )
}
