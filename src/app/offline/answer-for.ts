/** What a worker is asked for, as far as it matters here. */
interface Asked {
  readonly url: string
  readonly method: string
  /** A window goes there; otherwise a page wants it. */
  readonly isNavigation: boolean
}

interface Host {
  /** The folder that the page is served from, as an address with a slash at its end. */
  readonly scope: string
  /** Whether a path, as it is within that folder, is a file of this build. */
  readonly isFile: (path: string) => boolean
}

/** What the worker answers with. A path is within the page's folder; the page's own is ''. */
export type Answer = { readonly kind: 'file' | 'late file'; readonly path: string } | { readonly kind: 'shared files' }

/** Where the system posts what is shared with the installed app. */
export const sharePath = 'share'

/** What the page's server answers by itself: the endpoint it forwards to. */
const ofServer = /^(?:v1\/|endpoint\.json$)/

/**
 * What the worker has to do with a request, and mostly that is nothing: endpoints, other hosts, and whatever is not a
 * file of ours pass as if there were no worker.
 */
export function answerFor({ url, method, isNavigation }: Asked, { scope, isFile }: Host): Answer | undefined {
  const address = url.replace(/[?#].*$/s, '')
  if (!address.startsWith(scope)) return undefined
  const path = address.slice(scope.length)
  if (method === 'POST' && isNavigation && path === sharePath) return { kind: 'shared files' }
  if (method !== 'GET' || ofServer.test(path)) return undefined
  if (isFile(path)) return { kind: 'file', path }
  // Every address inside the app is its page.
  if (isNavigation) return { kind: 'file', path: '' }
  return path.startsWith('assets/') ? { kind: 'late file', path } : undefined
}
