import type { Segment } from '#core/her/segment.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { exhaustive } from '#lib/exhaustive.ts'
import { t } from '#lib/translate.ts'
import { Markdown } from '#ui/markdown.tsx'

/** A reply that is looked at and not read: every layer is open but the planning, which is long. */
export function SegmentsView({ segments }: { readonly segments: readonly Segment[] }) {
  return (
    <div className="flex flex-col gap-2 font-story leading-relaxed">
      {segments.map((segment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments only grow at the end, their place is what they are
        <SegmentView key={index} segment={segment} />
      ))}
    </div>
  )
}

function SegmentView({ segment: { layer, text, closed } }: { readonly segment: Segment }) {
  switch (layer) {
    case 'system_thinking':
      return (
        <details className="font-sans text-[0.8125rem] text-soft">
          <summary className="min-h-7 text-faint">
            {closed
              ? t('Planning · ~{tokens, plural, one {# token} other {# tokens}}', { tokens: estimateTokens(text) })
              : t('Planning, not ended')}
          </summary>
          <p className="whitespace-pre-wrap border-line border-s ps-3.5">{text}</p>
        </details>
      )
    case 'role_thinking':
      return (
        <div className="border-accent/60 border-s-2 ps-3 text-[0.9375rem] text-soft italic">
          <span className="sr-only">{t('Inner thought:')} </span>
          <Markdown text={text} />
        </div>
      )
    case 'role_action':
      return (
        <div className="text-[0.9375rem] text-soft italic">
          <Markdown text={text} />
        </div>
      )
    case 'speech':
      return (
        <div>
          <Markdown text={text} />
        </div>
      )
    default:
      return exhaustive(layer)
  }
}
