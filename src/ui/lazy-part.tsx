import { type ComponentType, lazy, type ReactNode, useEffect } from 'react'
import { t } from '#lib/translate.ts'

interface Loaded<Props> {
  readonly default: ComponentType<Props>
}

const loaders = new Set<() => Promise<unknown>>()

/**
 * A part of the page whose code comes when it is first shown. Where it can't be had (the server of the page is gone) a
 * sentence stands in its place, or the button that was to open it: one part that is missing must not take the page.
 * When it is shown again it is asked for again.
 */
export function lazyPart<Props extends object>(load: () => Promise<Loaded<Props>>): ComponentType<Props> {
  loaders.add(load)
  const open = () => lazy(() => load().catch(() => ({ default: Missing as ComponentType<Props> })))
  let Part = open()
  function Missing(props: { readonly trigger?: ReactNode }) {
    // What was not found is forgotten once nobody looks at it.
    useEffect(
      () => () => {
        Part = open()
      },
      [],
    )
    return <MissingPart {...props} />
  }
  return function LazyPart(props: Props) {
    const Current = Part
    return <Current {...props} />
  }
}

/** Fetches every part that was not shown yet, one after the other, so that they are there when the server is not. */
export async function preloadParts(): Promise<void> {
  for (const load of loaders) {
    try {
      await load()
    } catch {
      // It is asked for again when it is shown.
    }
  }
}

/** As small as can be: it may stand in a line of buttons. */
function MissingPart({ trigger }: { readonly trigger?: ReactNode }) {
  return trigger ?? <p className="px-4 py-1 text-faint text-xs">{t('This part of the page could not be loaded.')}</p>
}
