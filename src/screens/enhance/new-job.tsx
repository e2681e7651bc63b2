import { useState } from 'react'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { EnhanceChoice, EnhanceStages } from '#core/training/enhance/part.ts'
import { t } from '#lib/translate.ts'
import { useConversations } from '#state/conversations.ts'
import { useEnhanceEstimate, useEnhancing } from '#state/enhancing.ts'
import { useModelChoices } from '#state/model-choices.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { tellEnd } from '#ui/job-card.tsx'
import { ModelField } from '#ui/model-field.tsx'
import { ChatChoice } from './chat-choice.tsx'
import { StoryText } from './story-text.tsx'

const stages: readonly { readonly name: keyof EnhanceStages; readonly label: string }[] = [
  { name: 'roleThinking', label: t('Thoughts of the characters (S2)') },
  { name: 'forward', label: t('Drafts of plans, made before the turn; for reasoning models (S3a)') },
  { name: 'backward', label: t('Plans that lead to the turn (S3b)') },
  { name: 'setting', label: t('What the setting lacks, from cards, lore and what was narrated (S4)') },
]

const everything: EnhanceChoice = {
  stages: { roleThinking: true, forward: false, backward: true, setting: false },
  turns: 'lacking',
}

/** What is to be enhanced, by whom and how, and what that would ask of the teacher. */
export function NewJob() {
  const enhancing = useEnhancing()
  const conversations = useConversations()
  const models = useModelChoices<'teacher'>()
  const [chosen, setChosen] = useState<ReadonlySet<ConversationId>>(wantedChats)
  const [choice, setChoice] = useState(everything)
  const [model, setModel] = useState<string>()
  const teacher = models.of('teacher')
  const chats = (conversations ?? [])
    .filter(({ id, headId }) => chosen.has(id) && headId !== null)
    .map(({ id, headId }) => ({ conversationId: id, headId: headId as TurnId }))
  const estimate = useEnhanceEstimate({ chats, choice })
  const hasStage = Object.values(choice.stages).some(Boolean)

  async function start() {
    if (!enhancing || !teacher) return
    const titles = (conversations ?? []).filter(({ id }) => chosen.has(id)).map(({ title }) => title || t('A chat'))
    const title =
      titles.length > 1
        ? t('{title} and {count, number} more', { title: titles[0] ?? '', count: titles.length - 1 })
        : (titles[0] ?? '')
    const plan = { chats, choice, teacher: { connectionId: teacher.id, model: model?.trim() || teacher.model } }
    const jobId = await enhancing.create(plan, title)
    setChosen(new Set())
    tellEnd(await enhancing.run(jobId))
  }

  return (
    <section
      aria-label={t('New job')}
      className="flex flex-col gap-5 rounded-xl border border-line bg-raised p-4 sm:p-6"
    >
      <ChatChoice chosen={chosen} onChange={setChosen} />
      <StoryText onKept={(id) => setChosen((before) => new Set([...before, id]))} />
      <div className="grid gap-4 sm:grid-cols-2">
        <ModelField
          label={t('Teacher')}
          hint={t('Any model of the OpenAI kind. The better it is, the better what it writes.')}
          choices={models.choices}
          value={teacher?.id}
          onChange={(id) => models.choose('teacher', id)}
        />
        <Field label={t('Its model')}>
          {(ids) => (
            <TextInput
              {...ids}
              value={model ?? teacher?.model ?? ''}
              onChange={(event) => setModel(event.target.value)}
            />
          )}
        </Field>
      </div>
      <fieldset className="flex flex-col">
        <legend className="mb-1 font-medium text-sm">{t('What is written')}</legend>
        {stages.map(({ name, label }) => (
          <Check
            key={name}
            label={label}
            isOn={choice.stages[name]}
            onChange={(isOn) => setChoice((before) => ({ ...before, stages: { ...before.stages, [name]: isOn } }))}
          />
        ))}
        <Check
          className="mt-2"
          label={t('Also turns that have thoughts or planning already')}
          isOn={choice.turns === 'all'}
          onChange={(isOn) => setChoice((before) => ({ ...before, turns: isOn ? 'all' : 'lacking' }))}
        />
      </fieldset>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={!estimate || estimate.calls === 0 || !hasStage} onClick={() => void start()}>
          {t('Start')}
        </Button>
        <p role="status" className="text-soft text-sm">
          {estimate &&
            (estimate.calls === 0
              ? t('There is nothing to write: every turn has what was asked for.')
              : t(
                  '{turns, plural, one {# turn} other {# turns}}, {calls, plural, one {# call} other {# calls}}; about {asked, number} tokens asked and {answered, number} answered, and what the teacher thinks.',
                  {
                    turns: estimate.turns,
                    calls: estimate.calls,
                    asked: rounded(estimate.promptTokens),
                    answered: rounded(estimate.answerTokens),
                  },
                ))}
        </p>
      </div>
    </section>
  )
}

/** Two digits of an estimate mean something. */
function rounded(tokens: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, tokens))) - 1)
  return Math.round(tokens / unit) * unit
}

/** The chat a reader came from (`/lab/enhance#<id>`). */
function wantedChats(): ReadonlySet<ConversationId> {
  const id = window.location.hash.slice(1) as ConversationId
  return new Set(id ? [id] : [])
}
