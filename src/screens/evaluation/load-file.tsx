import type { ReactNode } from 'react'
import { t } from '#lib/translate.ts'
import { DropTarget } from '#ui/drop-target.tsx'
import { FileButton } from '#ui/file-button.tsx'

interface Props {
  readonly label: string
  readonly dropLabel: string
  readonly accept: string
  readonly isLoaded: boolean
  /** What is loaded, or what there is to load. */
  readonly status: ReactNode
  /** What of it could not be read, a sentence each. */
  readonly problems: readonly string[]
  readonly onFile: (file: File) => void
}

const mostShown = 5

/** Takes the file of a run, by its button or dropped anywhere on the page. */
export function LoadFile({ label, dropLabel, accept, isLoaded, status, problems, onFile }: Props) {
  const take = ([file]: readonly File[]) => file && onFile(file)
  return (
    <div className="flex flex-col gap-3">
      <DropTarget label={dropLabel} isAbove onDrop={({ files }) => take([...files])} />
      <div className="flex flex-wrap items-center gap-3">
        <FileButton label={label} look={isLoaded ? 'plain' : 'primary'} accept={accept} isBusy={false} onFiles={take} />
        <p role="status" className="min-w-48 flex-1 break-words text-soft text-sm">
          {status}
        </p>
      </div>
      {problems.length > 0 && (
        <ul
          aria-label={t('Left out of the file')}
          className="flex flex-col gap-1 border-danger border-s-2 ps-3 text-sm"
        >
          {problems.slice(0, mostShown).map((problem) => (
            <li key={problem} className="break-words">
              {problem}
            </li>
          ))}
          {problems.length > mostShown && (
            <li className="text-soft">{t('And {count, number} more.', { count: problems.length - mostShown })}</li>
          )}
        </ul>
      )}
    </div>
  )
}
