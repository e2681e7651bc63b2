import type { XrayedLine } from '#core/cards/xray/xray-card.ts'
import { t } from '#lib/translate.ts'

/** One line of the card: how many turns used it, and where. */
export function XrayLineView({ line: { text, turns, uses } }: { readonly line: XrayedLine }) {
  if (turns === 0) {
    return (
      <li className="flex items-baseline gap-3 py-2 text-sm">
        <span className="flex-1 border-line border-s-2 ps-3 font-story text-faint leading-relaxed">{text}</span>
        <span className="shrink-0 text-faint text-xs">{t('never used')}</span>
      </li>
    )
  }
  return (
    <li className="py-2 text-sm">
      <details>
        <summary className="flex items-baseline gap-3">
          <span className="flex-1 border-accent/60 border-s-2 ps-3 font-story leading-relaxed">{text}</span>
          <span className="shrink-0 text-accent text-xs tabular-nums">
            {t('in {turns, plural, one {# reply} other {# replies}}', { turns })}
          </span>
        </summary>
        <ul className="flex flex-col gap-1.5 pt-2 ps-3.5 text-[0.8125rem] text-soft">
          {uses.map(({ turnId, layer, excerpt }) => (
            <li key={turnId}>
              <span className="text-faint">{layer === 'system_thinking' ? t('Planning:') : t('Inner thought:')} </span>
              {excerpt}
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}
