import type { ReactNode, Ref } from 'react'
import { useEffect } from 'react'
import { classNames } from './class-names.ts'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  /** For what fills the window. */
  readonly isWide?: boolean
  /** What scrolls. */
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** A page that scrolls, with its name on top and in the browser's tab. */
export function Page({ title, actions, isWide, ref, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Subtext`
  }, [title])
  return (
    <main ref={ref} className="h-full overflow-y-auto">
      <div
        className={classNames(
          'mx-auto flex w-full flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8',
          isWide ? 'max-w-[96rem]' : 'max-w-4xl',
        )}
      >
        <header className="flex flex-wrap items-center gap-3">
          <h1 className="me-auto font-story text-3xl">{title}</h1>
          {actions}
        </header>
        {children}
      </div>
    </main>
  )
}
