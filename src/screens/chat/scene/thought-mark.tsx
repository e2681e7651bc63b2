import { t } from '#lib/translate.ts'
import { Seal } from '../seal.tsx'

interface Props {
  readonly name: string
  readonly onOpen: () => void
}

/** The quiet mark on a face: a thought is there that the reader has not opened. */
export function ThoughtMark({ name, onOpen }: Props) {
  return (
    <button
      type="button"
      aria-label={t('Open what {name} thought', { name })}
      title={t('A thought you have not opened')}
      onClick={onOpen}
      className="absolute top-0 left-1/2 ms-1.5 grid size-8 place-items-center rounded-full border border-line bg-page text-accent shadow-sm hover:border-accent sm:ms-4"
    >
      <Seal isOpen={false} />
    </button>
  )
}
