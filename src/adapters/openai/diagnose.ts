import { type AddressSpace, addressSpaceOf } from '#core/address-space.ts'
import { serverRoot } from '#core/base-url.ts'
import type { ModelError } from '#core/model-error.ts'
import { t } from '#lib/translate.ts'
import { ask } from './ask.ts'
import { type Asked, failureOfResponse } from './response-failure.ts'
import type { Fetch } from './send-request.ts'
import type { SetTimer } from './set-timer.ts'

/** What a page can tell about the browser it is in. */
export interface Surroundings {
  /** `location.origin`. */
  readonly origin: string
  /** The page came over https, so plain http is blocked as mixed content. Read from the origin unless given. */
  readonly isSecurePage?: boolean
  /** `navigator.permissions`, where there is one. */
  readonly permissions?: {
    readonly query: (descriptor: { name: PermissionName }) => Promise<{ readonly state: string }>
  }
  /** `navigator.onLine`, asked when it matters. */
  readonly isOnline?: () => boolean
}

export interface Diagnosing extends Surroundings {
  readonly asked: Asked
  readonly fetch: Fetch
  readonly now: () => number
  readonly setTimer: SetTimer
  readonly signal: AbortSignal
}

/** In milliseconds. A probe answers at once or says nothing. */
const probeMs = 5000

/**
 * Says why a request got no readable answer. Browsers report all of it as one "Failed to fetch", so the address, the
 * page, the permissions and three small probes have to tell the reasons apart: the model list (is it still so?),
 * `/health` (readable while the list is not: vLLM's and SGLang's 401 carries no CORS headers), and a request whose
 * answer stays opaque (does anything listen?).
 */
export async function diagnose(diagnosing: Diagnosing): Promise<ModelError> {
  const { asked, fetch, now, origin } = diagnosing
  const { baseUrl, key } = asked
  const blocked = await blockedByBrowser(diagnosing)
  if (blocked) return blocked

  const limits = { fetch, setTimer: diagnosing.setTimer, signal: diagnosing.signal, limitMs: probeMs }
  const models = await ask(`${baseUrl}/models`, { ...limits, key })
  if (models?.ok) return { kind: 'server-error', detail: t('It broke off the request without an answer.') }
  if (models) return failureOfResponse(models, asked, now())
  const health = await ask(`${serverRoot(baseUrl)}/health`, limits)
  if (health?.ok) return { kind: 'unauthorized', hasKey: key !== undefined, guessed: true }
  const listens = await ask(`${baseUrl}/models`, { ...limits, mode: 'no-cors' })
  if (health || listens) return { kind: 'cors', baseUrl, origin }
  // From a public page over plain http Chromium refuses local addresses without asking, and shows no permission.
  const isRefused = isPublicPage(origin) && !isSecure(diagnosing) && spaceOf(baseUrl) !== 'public'
  return isRefused ? { kind: 'local-network', baseUrl, insecurePage: true } : { kind: 'unreachable', baseUrl }
}

/** Reasons the browser has of its own, for which nothing leaves this machine. */
async function blockedByBrowser(diagnosing: Diagnosing): Promise<ModelError | undefined> {
  const { asked, isOnline, origin } = diagnosing
  const { baseUrl } = asked
  if (!URL.canParse(baseUrl)) return { kind: 'bad-address', address: baseUrl }
  const space = spaceOf(baseUrl)
  if (space === 'public' && isOnline?.() === false) return { kind: 'unreachable', baseUrl, offline: true }
  const isPlain = baseUrl.toLowerCase().startsWith('http:')
  if (isSecure(diagnosing) && isPlain && space === 'public') return { kind: 'mixed-content', baseUrl }
  if (!isPublicPage(origin) || space === 'public') return undefined
  const state = await permissionState(diagnosing.permissions, space)
  if (state === undefined || state === 'granted') return undefined
  return { kind: 'local-network', baseUrl, ...(!isSecure(diagnosing) && { insecurePage: true }) }
}

function spaceOf(url: string): AddressSpace {
  return addressSpaceOf(new URL(url).hostname)
}

function isPublicPage(origin: string): boolean {
  return URL.canParse(origin) && spaceOf(origin) === 'public'
}

function isSecure({ isSecurePage, origin }: Surroundings): boolean {
  return isSecurePage ?? origin.startsWith('https:')
}

/** The Local Network Access permission; its name was split in two, and browsers throw on the names they don't know. */
async function permissionState(
  permissions: Surroundings['permissions'],
  space: 'loopback' | 'local',
): Promise<string | undefined> {
  for (const name of [space === 'loopback' ? 'loopback-network' : 'local-network', 'local-network-access']) {
    try {
      const status = await permissions?.query({ name: name as PermissionName })
      if (status) return status.state
    } catch {
      // An unknown name: the other may be known.
    }
  }
  return undefined
}
