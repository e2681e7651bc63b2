import { classNames } from './class-names.ts'
import { pieceLooks } from './piece-looks.ts'

interface Piece {
  readonly look: keyof typeof pieceLooks
  readonly text: string
  /** Where in its source it comes from. */
  readonly note?: string | undefined
}

/** A text piece by piece, each with where it comes from. */
export function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return (
    <div className="flex flex-col gap-1 p-2">
      {pieces.map(({ look, text, note }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
          key={index}
          data-source={look}
          className={classNames('flex flex-col border-s-4 ps-2 sm:flex-row sm:gap-2', pieceLooks[look].edge)}
        >
          <span className="w-14 shrink-0 select-none pt-0.5 text-faint text-xs">
            {pieceLooks[look].label}
            {note && <span className="block">{note}</span>}
          </span>
          <pre className="as-written min-w-0 flex-1 whitespace-pre-wrap font-sans text-sm leading-relaxed">
            {text.replace(/^\n+|\n+$/g, '')}
          </pre>
        </div>
      ))}
    </div>
  )
}
