import type { ReactNode } from 'react'
import { useEffect } from 'react'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page that scrolls, with its name on top and in the browser's tab. */
export function Page({ title, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Subtext`
  }, [title])
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <header className="flex flex-wrap items-center gap-3">
          <h1 className="mr-auto font-story text-3xl">{title}</h1>
          {actions}
        </header>
        {children}
      </div>
    </main>
  )
}
