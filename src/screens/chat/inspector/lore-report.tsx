import type { ActiveLore } from '#core/lorebook/active-lore.ts'
import { describeVerdict, type LoreExplanation } from '#core/lorebook/explain.ts'
import { listOf, t } from '#lib/translate.ts'
import { rich } from '#ui/rich.ts'
import { sortVerdicts } from './sort-verdicts.ts'

/** More than these would push away what they are about. */
const mostAtOnce = 8

/** No reader goes through more; the lorebook itself tells of every entry. */
const mostShown = 200

interface Props {
  readonly lore: ActiveLore
  /** What was cut after it fired, since the newest turn had no room beside it. */
  readonly dropped: readonly { readonly bookId: string; readonly entryId: string }[]
}

/**
 * Why lore is in a prompt, and why other lore is not. Of what the character may not know only the number is told: it
 * may be a secret from the reader as well.
 */
export function LoreReport({ lore, dropped }: Props) {
  const { used, lost, silent, unknown } = sortVerdicts(lore.explanations, dropped)
  // What was left out is looked for first.
  const fired = [...lost, ...used]
  if (used.length + lost.length + silent.length + unknown === 0) return null
  return (
    <section aria-label={t('Lore')} className="flex flex-col gap-2 text-sm">
      <p>
        {rich('<b>Lore:</b> {facts}.', {
          b: (words) => <strong className="font-medium">{words}</strong>,
          facts: listOf([
            t('{count, number} in the prompt', { count: used.length }),
            ...(lost.length > 0 ? [t('{count, number} fired and left out', { count: lost.length })] : []),
            ...(silent.length > 0 ? [t('{count, number} not called', { count: silent.length })] : []),
          ]),
        })}
        <span className="text-soft"> {t('Worked out from the story up to here, with today’s lorebooks.')}</span>
      </p>
      {fired.length > 0 && (
        <Explanations label={t('Lore that fired')} of={fired.slice(0, mostAtOnce)} dropped={dropped} />
      )}
      {fired.length > mostAtOnce && (
        <details>
          <summary className="text-soft">
            {t('{count, plural, one {# more} other {# more}} that fired', { count: fired.length - mostAtOnce })}
          </summary>
          <Explanations label={t('More lore that fired')} of={fired.slice(mostAtOnce)} dropped={dropped} />
        </details>
      )}
      {silent.length > 0 && (
        <details>
          <summary className="text-soft">{t('Why not the others')}</summary>
          <Explanations label={t('Lore that did not fire')} of={silent.slice(0, mostShown)} dropped={dropped} />
          {silent.length > mostShown && (
            <p className="text-soft">
              {t('And {count, plural, one {# more} other {# more}}. “Try a text” in the lorebook tells of each.', {
                count: silent.length - mostShown,
              })}
            </p>
          )}
        </details>
      )}
      {unknown > 0 && (
        <p className="text-soft">
          {t(
            '{unknown, plural, one {One more entry is} other {# more entries are}} private, and not this character’s to know. The lorebook tells its author whose.',
            { unknown },
          )}
        </p>
      )}
    </section>
  )
}

interface ExplanationsProps extends Pick<Props, 'dropped'> {
  readonly label: string
  readonly of: readonly LoreExplanation[]
}

function Explanations({ label, of, dropped }: ExplanationsProps) {
  return (
    <ul aria-label={label} className="mt-1 flex flex-col gap-1">
      {of.map((explanation) => (
        <li key={`${explanation.bookId} ${explanation.entryId}`} className="border-line border-s-2 ps-3">
          <span className="font-medium">{explanation.title}</span>{' '}
          <span className="text-soft">{sentenceFor(explanation, dropped)}</span>
        </li>
      ))}
    </ul>
  )
}

function sentenceFor({ bookId, entryId, verdict }: LoreExplanation, dropped: Props['dropped']): string {
  const isDropped = dropped.some((one) => one.bookId === bookId && one.entryId === entryId)
  const why = describeVerdict(verdict)
  return isDropped ? `${why} ${t('Then cut: the newest turn had no room beside it.')}` : why
}
