import type { ReactNode } from 'react'
import { Link } from 'wouter'

/** A way to another page that looks like a quiet button. */
export function PlaceLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-9 items-center rounded-lg px-2.5 text-sm text-soft hover:bg-sunken hover:text-ink"
    >
      {children}
    </Link>
  )
}
