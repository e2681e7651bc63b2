import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Page } from './page.tsx'

interface Props {
  /** What was looked for, in one word. */
  readonly what: string
  /** Where all of its kind are. */
  readonly href: string
  readonly children: ReactNode
}

/** The page at an address where nothing is any more. */
export function NotHere({ what, href, children }: Props) {
  return (
    <Page title={`There is no such ${what} here`}>
      <p className="text-soft">
        It may have been deleted, or live in another browser.{' '}
        <Link href={href} className="text-accent underline">
          {children}
        </Link>
      </p>
    </Page>
  )
}
