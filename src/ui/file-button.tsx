import { useId } from 'react'
import { t } from '#lib/translate.ts'
import { type ButtonLook, buttonLooks } from './button.tsx'
import { classNames } from './class-names.ts'

interface Props {
  readonly label: string
  /** What the file dialog offers, as the `accept` of an input has it. */
  readonly accept: string
  readonly isBusy: boolean
  readonly look?: ButtonLook
  readonly onFiles: (files: readonly File[]) => void
}

/** Chooses files. Looks like a button, and is the file input that it says it is. */
export function FileButton({ label, accept, isBusy, look = 'primary', onFiles }: Props) {
  const id = useId()
  return (
    <>
      <input
        id={id}
        type="file"
        multiple
        accept={accept}
        className="peer sr-only"
        disabled={isBusy}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          // The same file can be chosen again after it was mended.
          currentTarget.value = ''
          onFiles(files)
        }}
      />
      <label
        htmlFor={id}
        className={classNames(
          'inline-flex min-h-9 items-center rounded-lg text-sm peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2',
          buttonLooks[look],
        )}
      >
        {isBusy ? t('Reading…') : label}
      </label>
    </>
  )
}
