import { followUpdates } from './updates.ts'
import type { WorkerMessage } from './worker-message.ts'

/**
 * Has the page's files kept by the browser, so that it opens without a network, and gives whether they are.
 * @param whenQuiet resolves when no reply is being made.
 */
export async function keepOffline(whenQuiet: () => Promise<void>): Promise<boolean> {
  // Plain http on a network has no workers of this kind; where they are blocked a registration fails, or is none.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  await whenQuiet()
  await idle()
  try {
    const registration: ServiceWorkerRegistration | undefined = await navigator.serviceWorker.register(
      `${import.meta.env.BASE_URL}service-worker.js`,
    )
    if (!registration) return false
    followUpdates(registration, whenQuiet)
    registration.active?.postMessage('tidy up' satisfies WorkerMessage)
    return registration.active !== null || (await isInstalled(registration))
  } catch {
    return false
  }
}

function isInstalled({ installing, waiting }: ServiceWorkerRegistration): Promise<boolean> {
  const worker = installing ?? waiting
  return new Promise((resolve) => {
    if (!worker) return resolve(false)
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve(worker.state === 'activated')
    })
  })
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no word for it.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 5000 })
    else setTimeout(resolve, 500)
  })
}
