/**
 * A fetch that minds CORS the way a browser does, for a page of `origin`: it asks with a preflight where one is due,
 * and fails with the same bare `TypeError` whether the server forbids the page, hides its answer, or is not there.
 */
export function createBrowserFetch(origin: string): typeof fetch {
  const failed = () => new TypeError('Failed to fetch')
  return async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    const headers = new Headers(init?.headers)
    const custom = [...headers.keys()].filter((name) => name !== 'accept').sort()
    const isSimple = custom.length === 0 && (init?.method ?? 'GET') === 'GET'
    headers.set('origin', origin)
    try {
      if (init?.mode === 'no-cors') {
        await fetch(url, { ...init, mode: 'cors', headers: { origin } })
        return Response.error()
      }
      if (!isSimple) {
        const preflight = await fetch(url, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': init?.method ?? 'GET' },
        })
        const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').split(/\s*,\s*/)
        if (!preflight.ok || !mayRead(preflight, origin)) throw failed()
        if (!custom.every((name) => allowed.includes(name) || allowed.includes('*'))) throw failed()
      }
      const response = await fetch(url, { ...init, headers })
      if (!mayRead(response, origin)) throw failed()
      return response
    } catch (error) {
      if (init?.signal?.aborted) throw error
      throw failed()
    }
  }
}

function mayRead(response: Response, origin: string): boolean {
  const allowed = response.headers.get('access-control-allow-origin')
  return allowed === '*' || allowed === origin
}
