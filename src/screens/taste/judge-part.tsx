import { useState } from 'react'
import { Link } from 'wouter'
import { modelLabel } from '#core/model-label.ts'
import { nameOf } from '#core/scene/cast.ts'
import { agreementOf, bothVerdicts, newestByPair } from '#core/taste/agreement.ts'
import { type Preference, pairKey } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import { useJobs } from '#state/lab.ts'
import { runTaste, type Taste } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'
import { Figures } from './figures.tsx'
import { useJudgeChoice } from './judge-form.tsx'
import { JudgeRuns } from './judge-runs.tsx'
import { JudgedPair, JudgeFlagNote, verdictName } from './judged-pair.tsx'
import type { PairInChat } from './sitting.tsx'

interface Props {
  readonly taste: Taste
  readonly pairs: readonly PairInChat[]
  readonly preferences: readonly Preference[]
  readonly principles: readonly Principle[]
}

/** As many judged pairs are shown at once. */
const shownAtOnce = 25

/** A model looks through the same pairs, in both orders, and is held against what the reader said. */
export function JudgePart({ taste, pairs, preferences, principles }: Props) {
  const { choice, fields } = useJudgeChoice(principles)
  const jobs = useJobs('judge')
  const [shown, setShown] = useState(shownAtOnce)
  const judged = preferences.filter(({ by }) => by.kind === 'judge')
  const seen = new Set(
    judged.flatMap((one) =>
      one.by.kind === 'judge' && one.by.model === choice?.connection.model ? [pairKey(one)] : [],
    ),
  )
  const open = pairs.filter(({ pair }) => !seen.has(pairKey(pair)))

  async function begin() {
    if (!choice) return
    const { connection, catalogue } = choice
    const { id: connectionId, model } = connection
    const title = t('{model} judges {count, plural, one {one pair} other {# pairs}}', {
      model: modelLabel(model),
      count: open.length,
    })
    const plan = { what: 'pairs', connectionId, model, catalogue, pairs: open.map(({ pair }) => pair) } as const
    await runTaste(taste, await taste.begin(title, plan))
  }

  const newest = [...newestByPair(judged).values()].sort((one, other) => other.createdAt - one.createdAt)
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-prose text-soft text-sm">
        {t(
          'A judge compares two takes in both orders and names three to five principles. Only what both orders say is a verdict; where they disagree it is a tie, and marked. What is sent holds no planning, and of thoughts only those of the character whose takes they are.',
        )}
      </p>
      <div className="flex flex-col gap-3 rounded-2xl border border-line p-4 sm:max-w-md">
        {fields}
        <Button look="primary" disabled={!choice || open.length === 0} onClick={() => void begin()}>
          {open.length === 0
            ? t('It has seen every pair')
            : t('Judge {count, plural, one {one pair} other {# pairs}}', { count: open.length })}
        </Button>
      </div>
      {jobs && <JudgeRuns taste={taste} jobs={jobs} />}
      {judged.length > 0 && <Figures preferences={preferences} />}
      {newest.length > 0 && (
        <section aria-label={t('What was judged')} className="flex flex-col gap-2">
          <h2 className="font-story text-xl">{t('What was judged')}</h2>
          <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {newest.slice(0, shown).map((preference) => (
              <li key={preference.id}>
                <JudgedRow {...{ preference, preferences, pairs }} />
              </li>
            ))}
          </ul>
          {newest.length > shown && (
            <Button look="quiet" className="self-start" onClick={() => setShown(shown + shownAtOnce)}>
              {t('Show more')}
            </Button>
          )}
        </section>
      )}
    </div>
  )
}

interface RowProps {
  readonly preference: Preference
  readonly preferences: readonly Preference[]
  readonly pairs: readonly PairInChat[]
}

function JudgedRow({ preference, preferences, pairs }: RowProps) {
  const key = pairKey(preference)
  const mine = preferences.filter((one) => one.by.kind === 'human' && pairKey(one) === key)
  const agreement = agreementOf(bothVerdicts(mine, [preference]))
  const inChat = pairs.find(({ pair }) => pairKey(pair) === key)
  const take = inChat?.chat.tree.turnsById.get(preference.b)
  const speaker = take && inChat && nameOf(take.speaker, inChat.chat.cast)
  return (
    <details className="group px-4 py-3">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span>{verdictName(preference.verdict)}</span>
        {speaker && <span className="text-faint text-xs">{speaker}</span>}
        <JudgeFlagNote preference={preference} />
        {agreement.pairs > 0 && (
          <span className="text-faint text-xs">{agreement.agreed > 0 ? t('As you say') : t('You say otherwise')}</span>
        )}
        <span className="ms-auto text-faint text-xs">
          {preference.by.kind === 'judge' && modelLabel(preference.by.model)}
        </span>
      </summary>
      <div className="flex flex-col gap-3 pt-3">
        <JudgedPair preference={preference} isSealed={inChat?.chat.conversation.seals !== undefined} />
        {inChat && (
          <Link
            href={`/chat/${preference.conversationId}#${preference.b}`}
            className="self-start text-accent text-sm underline"
          >
            {t('Read it in its chat')}
          </Link>
        )}
      </div>
    </details>
  )
}
