import { Link } from 'wouter'
import { rich } from '#ui/rich.ts'

/** Stands where the built-in demo is all there is to ask. */
export function NeedsModel({ what }: { readonly what: string }) {
  return (
    <p className="text-soft text-sm">
      {what}{' '}
      {rich(
        'The built-in demo is a script that knows its own characters and nothing else, so this needs a real model. Set one up under <link>Connections</link>.',
        {
          link: (words) => (
            <Link href="/connections" className="text-accent underline">
              {words}
            </Link>
          ),
        },
      )}
    </p>
  )
}
