import { isHomeHost } from './address-space.ts'

/** Paths people paste along with the address: the API's own, and the native ones of Ollama and LM Studio. */
const pastedEndings =
  /\/(chat\/completions|completions|models(\/[^/]+)?|embeddings|responses|health|docs|api\/(v0|chat|generate|tags|version|ps|show)(\/.*)?)$/i

/** A path that already ends in the version of an OpenAI-compatible API. */
const versioned = /\/v\d+[a-z0-9]*(\/openai)?$/i

/**
 * The base URLs a pasted address may mean, the likeliest first; none when it is no http address.
 * A missing scheme is `http` for local machines and `https` for the rest. Trailing slashes, queries, credentials and
 * pasted endings (`/chat/completions`, `/models`) are taken off. An address is tried with `/v1` and without.
 */
export function toBaseUrls(address: string): readonly string[] {
  const url = parseAddress(address)
  if (!url) return []
  const path = trimSlashes(trimSlashes(url.pathname).replace(pastedEndings, ''))
  if (/(^|\.)openrouter\.ai$/.test(url.hostname)) return [`${url.origin}/api/v1`]
  const base = `${url.origin}${path}`
  if (versioned.test(path)) return /\/v1$/i.test(path) ? [base, serverRoot(base)] : [base]
  return [`${base}/v1`, base]
}

/** Where a server's own paths (`/health`, `/props`, `/api/version`) hang: the base URL without `/v1`. */
export function serverRoot(baseUrl: string): string {
  return trimSlashes(trimSlashes(baseUrl).replace(/\/v1$/i, ''))
}

function parseAddress(address: string): URL | undefined {
  const pasted = address.trim().replace(/^["'<(]+|["'>),;]+$/g, '')
  if (pasted === '' || /\s|^\/(?!\/)/.test(pasted)) return undefined
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(pasted)) return toUrl(pasted)
  const bare = toUrl(`http://${pasted.replace(/^\/+/, '')}`)
  return bare && !isHomeHost(bare.hostname) ? toUrl(`https://${pasted.replace(/^\/+/, '')}`) : bare
}

function toUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined
  // What servers print as "listening on 0.0.0.0" is no address to call: browsers refuse it.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1'
  return url
}

function trimSlashes(path: string): string {
  let end = path.length
  while (end > 0 && path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}
