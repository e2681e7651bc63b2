import { t } from '#lib/translate.ts'
import { classNames } from './class-names.ts'
import { Lines } from './lines.tsx'

/** A stretch of text that both sides have, that only the left one has, or that only the right one has. */
interface DiffStretch {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

interface Props {
  readonly label: string
  readonly pieces: readonly DiffStretch[]
  /** How its words look. */
  readonly className: string
}

/** Two texts side by side, with the words that differ marked; one below the other on a phone. */
export function DiffRow({ label, pieces, className }: Props) {
  const isSame = pieces.every((piece) => piece.kind === 'same')
  return (
    <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
      <h3 className="col-span-full text-faint text-xs">{label}</h3>
      <Side {...{ pieces, className }} without="added" />
      {/* One below the other, the same words are read once. */}
      <Side {...{ pieces, className }} without="removed" isSecond={isSame} />
    </div>
  )
}

interface SideProps extends Omit<Props, 'label'> {
  readonly without: 'added' | 'removed'
  readonly isSecond?: boolean
}

/** One side of a row: what both have, and what only it has. */
function Side({ pieces: all, className, without, isSecond }: SideProps) {
  const pieces = all.filter((piece) => piece.kind !== without)
  if (pieces.length === 0) return <p className="text-faint text-xs max-sm:hidden">{t('Not in this take.')}</p>
  return (
    <p className={classNames('border-line border-s-2 ps-3 leading-relaxed', className, isSecond && 'max-sm:hidden')}>
      {pieces.map(({ kind, text }, index) => {
        const words = <Lines text={text} />
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
        if (kind === 'same') return <span key={index}>{words}</span>
        const Mark = kind === 'removed' ? 'del' : 'ins'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
          <Mark key={index} className="rounded-sm bg-mark text-ink no-underline">
            {words}
          </Mark>
        )
      })}
    </p>
  )
}
