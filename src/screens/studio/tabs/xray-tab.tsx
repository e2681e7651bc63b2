import { useEffect, useMemo, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import { placeName } from '#core/cards/lint/place-names.ts'
import { type XrayedLine, xrayCard } from '#core/cards/xray/xray-card.ts'
import type { ConversationId } from '#core/ids.ts'
import { locale, t } from '#lib/translate.ts'
import { useCharacterPlans, useChatsWith } from '#state/character-plans.ts'
import { Field, Select } from '#ui/field.tsx'
import type { StudioTabProps } from '../studio-tab.ts'
import { XrayLineView } from './xray-line-view.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** Typing is over when nothing was typed for this long. */
const settledAfterMs = 600

type Shown = 'all' | 'unused'

/** Which lines of the card the model's planning rests on, and which it never touches. */
export function XrayTab({ characterId, document }: StudioTabProps) {
  const chats = useChatsWith(characterId)
  const [chosen, setChosen] = useState<ConversationId | 'all'>('all')
  const [shown, setShown] = useState<Shown>('all')
  const read = useMemo(() => (chosen === 'all' ? chats : chats?.filter(({ id }) => id === chosen)), [chats, chosen])
  const plans = useCharacterPlans(read)
  const settled = useSettled(document)
  const lines = useMemo(() => (plans ? xrayCard(settled, plans) : []), [settled, plans])
  const turns = useMemo(() => new Set(plans?.map(({ turnId }) => turnId)).size, [plans])
  const unused = lines.filter((line) => line.turns === 0).length

  if (chats?.length === 0) {
    return (
      <p className="text-soft text-sm">
        {t(
          'No chat with this character yet. Once it has planned a few replies, this shows which lines of the card they rest on.',
        )}
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-3">
        <Field label={t('Chats')} className="min-w-40 flex-1">
          {(ids) => (
            <Select
              {...ids}
              value={chosen}
              onChange={(event) => setChosen(event.target.value as ConversationId | 'all')}
            >
              <option value="all">{t('All of them ({count, number})', { count: chats?.length ?? 0 })}</option>
              {chats?.map(({ id, title, updatedAt }) => (
                <option key={id} value={id}>
                  {title ? `${title} · ` : ''}
                  {dates.format(updatedAt)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('Lines')} className="min-w-40 flex-1">
          {(ids) => (
            <Select {...ids} value={shown} onChange={(event) => setShown(event.target.value as Shown)}>
              <option value="all">{t('All')}</option>
              <option value="unused">{t('Those never used')}</option>
            </Select>
          )}
        </Field>
      </div>
      <p className="text-soft text-sm" aria-live="polite">
        {summaryOf(plans === undefined, turns, lines.length, unused)}
      </p>
      {turns > 0 &&
        byPlace(lines).map(([place, group]) => {
          const listed = shown === 'all' ? group : group.filter((line) => line.turns === 0)
          if (listed.length === 0) return null
          return (
            <section key={place} aria-label={place} className="flex flex-col gap-1">
              <h2 className="font-medium text-sm">{place}</h2>
              <ul className="flex flex-col divide-y divide-line">
                {listed.map((line) => (
                  <XrayLineView key={line.range.start} line={line} />
                ))}
              </ul>
            </section>
          )
        })}
    </div>
  )
}

function summaryOf(isReading: boolean, turns: number, lines: number, unused: number): string {
  if (isReading) return t('Reading what was planned…')
  if (turns === 0) {
    return t('Nothing that was planned or thought can be read here: the model may not plan, or the chat is sealed.')
  }
  if (unused === 0) {
    return t('Every line was used in the planning of {turns, plural, one {one reply} other {# replies}}.', { turns })
  }
  return t(
    'In {turns, plural, one {one reply} other {# replies}}, the planning never rested on {unused, number} of {lines, plural, one {# line} other {# lines}}. Such a line may be for a later scene; if it is for every scene, tie it to what the character wants or does, or take it out: it costs tokens each turn.',
    { turns, unused, lines },
  )
}

function byPlace(lines: readonly XrayedLine[]): readonly (readonly [string, readonly XrayedLine[]])[] {
  const groups = new Map<string, XrayedLine[]>()
  for (const line of lines) {
    const place = placeName(line.path)
    const group = groups.get(place)
    if (group) group.push(line)
    else groups.set(place, [line])
  }
  return [...groups]
}

/** The card once nothing is typed any more: what is made of it takes longer than a key. */
function useSettled(document: CardDocument): CardDocument {
  const [settled, setSettled] = useState(document)
  useEffect(() => {
    if (document === settled) return
    const timer = setTimeout(() => setSettled(document), settledAfterMs)
    return () => clearTimeout(timer)
  }, [document, settled])
  return settled
}
