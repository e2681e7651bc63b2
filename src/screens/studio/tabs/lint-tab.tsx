import { useDeferredValue, useMemo } from 'react'
import { type Advice, applyFix } from '#core/cards/lint/advice.ts'
import { lintCard } from '#core/cards/lint/lint-card.ts'
import { placeName, placeRank } from '#core/cards/lint/place-names.ts'
import { locale, t } from '#lib/translate.ts'
import { useActiveConnection } from '#state/connections.ts'
import { useLayout } from '#state/layout.ts'
import { Button } from '#ui/button.tsx'
import type { StudioTabProps } from '../studio-tab.ts'
import { AdviceView } from './advice-view.tsx'

const none: readonly string[] = []
const lists = new Intl.ListFormat(locale, { style: 'narrow' })

/** What could be better about a card and why, by field. Nothing is changed but by the author's own hand. */
export function LintTab({ characterId, document, change }: StudioTabProps) {
  // Typing comes first; what is said about it follows.
  const read = useDeferredValue(document)
  const contextTokens = useActiveConnection()?.capabilities.contextTokens
  const advice = useMemo(() => lintCard(read, contextTokens), [read, contextTokens])
  const hidden = useLayout(({ hiddenAdvice }) => hiddenAdvice[characterId] ?? none)
  const setHidden = useLayout((layout) => layout.setHiddenAdvice)
  const shown = advice.filter(({ id }) => !hidden.includes(id))
  const hiddenCount = advice.length - shown.length

  function fix({ id }: Advice) {
    // As the card stands at this moment: what was typed since must not be lost.
    const current = lintCard(document, contextTokens).find((one) => one.id === id)
    if (current) change(applyFix(document, current))
  }

  return (
    <div className="flex flex-col gap-5">
      <p className="text-soft text-sm" aria-live="polite">
        {summaryOf(shown)}
      </p>
      {byPlace(shown).map(([place, group]) => (
        <section key={place} aria-label={place} className="flex flex-col gap-2">
          <h2 className="font-medium text-sm">{place}</h2>
          <ul className="flex flex-col gap-2">
            {group.map((one) => (
              <AdviceView
                key={one.id}
                characterId={characterId}
                advice={one}
                document={read}
                onFix={() => fix(one)}
                onHide={() => setHidden(characterId, [...hidden, one.id])}
              />
            ))}
          </ul>
        </section>
      ))}
      {hiddenCount > 0 && (
        <p className="flex flex-wrap items-center gap-2 text-faint text-sm">
          {t(
            '{count, plural, one {One piece of advice is hidden for this card.} other {# pieces of advice are hidden for this card.}}',
            { count: hiddenCount },
          )}
          <Button look="quiet" onClick={() => setHidden(characterId, none)}>
            {t('Show again')}
          </Button>
        </p>
      )}
    </div>
  )
}

function summaryOf(advice: readonly Advice[]): string {
  if (advice.length === 0) return t('Nothing to say against this card.')
  const counts = (['problem', 'advice', 'note'] as const).map((severity) => {
    const count = advice.filter((one) => one.severity === severity).length
    return count === 0 ? undefined : inWords(count, severity)
  })
  const found = lists.format(counts.filter((count) => count !== undefined))
  return t('{found}. What the card is for decides; hide what does not apply.', { found })
}

function inWords(count: number, severity: Advice['severity']): string {
  switch (severity) {
    case 'problem':
      return t('{count, plural, one {# problem} other {# problems}}', { count })
    case 'advice':
      return t('{count, number} to improve', { count })
    case 'note':
      return t('{count, number} to think about', { count })
  }
}

const severities: readonly Advice['severity'][] = ['problem', 'advice', 'note']

/** What does not work first, and else in the order of the fields. */
function byPlace(advice: readonly Advice[]): readonly (readonly [string, readonly Advice[]])[] {
  const groups = new Map<string, Advice[]>()
  for (const one of advice.toSorted((left, right) => placeRank(left.path) - placeRank(right.path))) {
    const place = placeName(one.path)
    const group = groups.get(place)
    if (group) group.push(one)
    else groups.set(place, [one])
  }
  const rank = (group: readonly Advice[]) => Math.min(...group.map(({ severity }) => severities.indexOf(severity)))
  return [...groups].sort(([, one], [, other]) => rank(one) - rank(other))
}
