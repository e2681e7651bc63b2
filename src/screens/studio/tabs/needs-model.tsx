import { Link } from 'wouter'

/** Stands where the built-in demo is all there is to ask. */
export function NeedsModel({ what }: { readonly what: string }) {
  return (
    <p className="text-soft text-sm">
      {what} The built-in demo is a script that knows its own characters and nothing else, so this needs a real model.
      Set one up under{' '}
      <Link href="/connections" className="text-accent underline">
        Connections
      </Link>
      .
    </p>
  )
}
