import { useState } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import { takesOf } from '#core/conversation/tree.ts'
import { describeModelError } from '#core/describe-model-error.ts'
import type { JobId, TurnId } from '#core/ids.ts'
import { comparableTakes } from '#core/taste/pairs.ts'
import { type Preference, pairKey } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import { useJobRecords, useJobs } from '#state/lab.ts'
import {
  type BestOfPlan,
  bestKey,
  type ChatPairs,
  type MatchRecord,
  runTaste,
  type Taste,
  useChatPairs,
  usePreferences,
  usePrinciples,
  useTaste,
  useTasteFailure,
} from '#state/taste.ts'
import type { TasteQuestion } from '#state/taste-dialog.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { BracketView } from './bracket-view.tsx'
import { useJudgeChoice } from './judge-form.tsx'

const usualDraws = 4
const mostDraws = 16

interface Props {
  readonly question: TasteQuestion
  readonly onClose: () => void
}

/** Draws many takes of a reply and has a judge find the best. The work goes on when the dialog is closed. */
export function BestOfDialog({ question, onClose }: Props) {
  const taste = useTaste()
  const principles = usePrinciples()
  const chat = useChatPairs(question.conversationId)
  const newest = useJobs('judge')?.find(({ plan }) => isAbout(plan as unknown as BestOfPlan, question))
  const [isNew, setNew] = useState(false)
  if (!taste || !principles || !chat) return null
  return (
    <Dialog title={t('Best of many takes')} onClose={onClose} className="w-[min(60rem,calc(100vw-1.5rem))]">
      {newest && !isNew ? (
        <BestOfRun
          key={newest.id}
          {...{ taste, chat, onClose }}
          id={newest.id}
          plan={newest.plan as unknown as BestOfPlan}
          isRunning={newest.state === 'running'}
          onNew={() => setNew(true)}
        />
      ) : (
        <BestOfForm {...{ taste, chat, principles, question, onClose }} onBegun={() => setNew(false)} />
      )}
    </Dialog>
  )
}

function isAbout(plan: BestOfPlan, { conversationId, turnId }: TasteQuestion): boolean {
  return plan.what === 'best-of' && plan.conversationId === conversationId && plan.turnId === turnId
}

interface FormProps extends Props {
  readonly taste: Taste
  readonly chat: ChatPairs
  readonly principles: readonly Principle[]
  readonly onBegun: () => void
}

function BestOfForm({ taste, chat, principles, question, onClose, onBegun }: FormProps) {
  const { choice, fields } = useJudgeChoice(principles)
  const [draws, setDraws] = useState(String(usualDraws))
  const [playsThere, setPlaysThere] = useState(true)
  const turn = chat.tree.turnsById.get(question.turnId)
  const together = comparableTakes(chat.tree, chat.conversation).find((takes) =>
    takes.some(({ id }) => id === question.turnId),
  )
  const there = together?.map(({ id }) => id) ?? (turn ? [turn.id] : [])
  const count = Math.round(Number(draws))
  const isValid = count >= 1 && count <= mostDraws

  async function begin() {
    if (!choice) return
    const { connection, catalogue } = choice
    const { conversationId, turnId } = question
    const plan: BestOfPlan = {
      what: 'best-of',
      conversationId,
      turnId,
      draws: count,
      there: playsThere ? there : [],
      connectionId: connection.id,
      model: connection.model,
      catalogue,
    }
    const id = await taste.begin(t('The best of {count, number} takes', { count }), plan)
    onBegun()
    await runTaste(taste, id)
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid) void begin()
      }}
    >
      <p className="max-w-prose text-soft text-sm">
        {t(
          'New takes of this reply are drawn, and a judge lets them meet in pairs until one is left. That one is shown then; all others stay beside it.',
        )}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('New takes')} hint={t('1 to {most, number}', { most: mostDraws })}>
          {(ids) => (
            <TextInput
              {...ids}
              type="number"
              min={1}
              max={mostDraws}
              value={draws}
              onChange={({ target }) => setDraws(target.value)}
            />
          )}
        </Field>
        {fields}
      </div>
      <Check
        label={t(
          '{count, plural, one {The take that is there plays too} other {The # takes that are there play too}}',
          {
            count: there.length,
          },
        )}
        isOn={playsThere}
        onChange={setPlaysThere}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button type="submit" look="primary" disabled={!choice || !isValid}>
          {t('Draw and judge')}
        </Button>
      </div>
    </form>
  )
}

interface RunProps {
  readonly taste: Taste
  readonly chat: ChatPairs
  readonly id: JobId
  readonly plan: BestOfPlan
  readonly isRunning: boolean
  readonly onNew: () => void
  readonly onClose: () => void
}

function BestOfRun({ taste, chat, id, plan, isRunning, onNew, onClose }: RunProps) {
  const records = useJobRecords(id)
  const preferences = usePreferences()
  const failure = useTasteFailure(id)
  const entries = [...(records ?? [])]
  const drawn = entries.filter(([key]) => key.startsWith('draw/')).length
  const matches = entries.flatMap(([key, value]) => (key.startsWith('match/') ? [value as unknown as MatchRecord] : []))
  const best = records?.get(bestKey)
  const isOver = best !== undefined
  const described = failure && describeModelError(failure)
  const turn = chat.tree.turnsById.get(plan.turnId)
  const takes = turn ? takesOf(chat.tree, turn) : []
  const nameOf = (take: TurnId) => t('Take {place, number}', { place: takes.findIndex((one) => one.id === take) + 1 })
  const wordsOf = (id: TurnId) => {
    const take = chat.tree.turnsById.get(id)
    const segments = take ? readTurn(take, chat.cast).segments : []
    const said = segments.filter(({ layer }) => layer === 'speech' || layer === 'role_action')
    return said.map(({ text }) => text).join(' ')
  }
  const preferenceOf = ({ one, other }: MatchRecord): Preference | undefined => {
    const [a, b] = one < other ? [one, other] : [other, one]
    return preferences?.find((row) => pairKey(row) === `${a} ${b}` && row.id.startsWith(id))
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-soft text-sm tabular-nums" aria-live="polite">
        {isOver
          ? best === null
            ? t('No take came that could be judged.')
            : t('{name} is the best, and is shown in the chat.', { name: nameOf(best as TurnId) })
          : drawn < plan.draws
            ? t('{drawn, number} of {count, number} takes are drawn.', { drawn, count: plan.draws })
            : t('The judge is at it: {count, plural, one {one match} other {# matches}} so far.', {
                count: matches.length,
              })}
      </p>
      {described && (
        <p role="alert" className="text-danger text-sm">
          {described.sentence} {described.remedy}
        </p>
      )}
      {matches.length > 0 && (
        <BracketView
          matches={matches}
          winner={typeof best === 'string' ? (best as TurnId) : undefined}
          isSealed={chat.conversation.seals !== undefined}
          {...{ nameOf, wordsOf, preferenceOf }}
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {isOver && <Button onClick={onNew}>{t('Draw more')}</Button>}
        {!isOver && isRunning && <Button onClick={() => taste.pause(id)}>{t('Pause')}</Button>}
        {!isOver && (!isRunning || failure) && <Button onClick={() => void runTaste(taste, id)}>{t('Go on')}</Button>}
        <Button look="primary" onClick={onClose}>
          {t('Close')}
        </Button>
      </div>
    </div>
  )
}
