import { type ReactNode, useId } from 'react'

interface Props {
  readonly title: string
  readonly about?: ReactNode
  readonly children: ReactNode
}

/** Fields that belong together, under their heading. */
export function Group({ title, about, children }: Props) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-4 border-line border-t pt-5 pb-7 first-of-type:border-t-0 first-of-type:pt-0"
    >
      <div className="flex flex-col gap-0.5">
        <h2 id={id} className="font-story text-lg">
          {title}
        </h2>
        {about && <p className="text-faint text-xs">{about}</p>}
      </div>
      {children}
    </section>
  )
}
