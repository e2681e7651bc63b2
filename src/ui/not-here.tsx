import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { t } from '#lib/translate.ts'
import { Page } from './page.tsx'

interface Props {
  /** That it is not here, whatever was looked for. */
  readonly title: string
  /** Where all of its kind are. */
  readonly href: string
  readonly children: ReactNode
}

/** The page at an address where nothing is any more. */
export function NotHere({ title, href, children }: Props) {
  return (
    <Page title={title}>
      <p className="text-soft">
        {t('It may have been deleted, or live in another browser.')}{' '}
        <Link href={href} className="text-accent underline">
          {children}
        </Link>
      </p>
    </Page>
  )
}
