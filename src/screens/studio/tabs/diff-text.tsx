import { useMemo } from 'react'
import { type DiffPiece, diffWords } from '#core/diff/diff-words.ts'
import { Lines } from '#ui/lines.tsx'

interface Props {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** What would change in a text, word by word. */
export function DiffText({ label, before, after }: Props) {
  const pieces = useMemo(() => diffWords(before, after), [before, after])
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-72 overflow-y-auto rounded-lg border border-line bg-raised px-3 py-2 font-story text-sm leading-relaxed"
    >
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
        <PieceView key={index} piece={piece} />
      ))}
    </section>
  )
}

function PieceView({ piece: { kind, text } }: { readonly piece: DiffPiece }) {
  switch (kind) {
    case 'same':
      return (
        <span>
          <Lines text={text} />
        </span>
      )
    case 'removed':
      return (
        <del className="text-danger">
          <Lines text={text} />
        </del>
      )
    case 'added':
      return (
        <ins className="ms-0.5 rounded-sm bg-mark px-0.5 text-ink no-underline">
          <Lines text={text} />
        </ins>
      )
  }
}
