import { type ReactNode, useId } from 'react'

interface Props {
  readonly title: string
  readonly about?: ReactNode
  readonly children: ReactNode
}

/** One step of an export, under its heading. */
export function Section({ title, about, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id={id} className="font-story text-lg">
          {title}
        </h2>
        {about && <p className="max-w-prose text-faint text-xs">{about}</p>}
      </div>
      {children}
    </section>
  )
}
