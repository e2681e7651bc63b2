import type { TextRange } from '#core/cards/lint/advice.ts'

/** How much of a text is shown before and after the place. */
const around = 50
/** A place longer than this is shown by its beginning. */
const longest = 160

interface Props {
  readonly text: string
  readonly range: TextRange
}

/** A place in a text, with some of what stands around it. */
export function ExcerptView({ text, range }: Props) {
  const start = Math.max(0, range.start - around)
  const end = Math.min(range.end, range.start + longest)
  const after = Math.min(text.length, end + around)
  return (
    <p className="border-line border-s-2 ps-3 font-story text-sm text-soft leading-relaxed">
      {start > 0 && '…'}
      {text.slice(start, range.start)}
      <mark className="rounded-sm bg-mark text-ink">{text.slice(range.start, end)}</mark>
      {end < range.end ? '…' : text.slice(end, after)}
      {end === range.end && after < text.length && '…'}
    </p>
  )
}
