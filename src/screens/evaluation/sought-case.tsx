import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly label: string
  /** A link led here: it is shown and read on from. */
  readonly isSought: boolean
  readonly children: ReactNode
}

/** One case of a run. */
export function SoughtCase({ label, isSought, children }: Props) {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isSought) place.current?.focus()
  }, [isSought])
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-label={label}
      className="flex min-w-0 scroll-mt-4 flex-col gap-3 outline-none"
    >
      {children}
    </section>
  )
}
