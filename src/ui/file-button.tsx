import { useId } from 'react'

interface Props {
  readonly label: string
  /** What the file dialog offers, as the `accept` of an input has it. */
  readonly accept: string
  readonly isBusy: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Chooses files. Looks like a button, and is the file input that it says it is. */
export function FileButton({ label, accept, isBusy, onFiles }: Props) {
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
        className="inline-flex min-h-9 items-center rounded-lg bg-accent px-4 font-medium text-page text-sm hover:brightness-110 peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2"
      >
        {isBusy ? 'Reading…' : label}
      </label>
    </>
  )
}
