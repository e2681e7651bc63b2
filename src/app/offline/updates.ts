import { t } from '#lib/translate.ts'
import { showToast } from '#ui/toasts.tsx'
import type { WorkerMessage } from './worker-message.ts'

/** A page that stays open asks this often whether there is something new, in milliseconds. */
const askEveryMs = 60 * 60 * 1000

/**
 * Tells of a new version once all of it is there, and changes to it on the reader's word.
 * @param whenQuiet resolves when no reply is being made.
 */
export function followUpdates(registration: ServiceWorkerRegistration, whenQuiet: () => Promise<void>): void {
  const container = navigator.serviceWorker
  // Without one this is the first visit, and what is being installed is no update.
  let isUpdate = container.controller !== null
  let isAsked = false

  const reload = async () => {
    await whenQuiet()
    window.location.reload()
  }
  const takeOver = async () => {
    isAsked = true
    await whenQuiet()
    // Another tab may have had the same thought.
    if (!registration.waiting) return window.location.reload()
    registration.waiting.postMessage('take over' satisfies WorkerMessage)
  }
  const offer = () => {
    if (isUpdate) {
      showToast(t('A new version is ready.'), {
        action: { label: t('Reload'), run: () => void takeOver() },
        stays: true,
      })
    }
  }

  if (registration.waiting) offer()
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offer()
    })
  })
  container.addEventListener('controllerchange', () => {
    if (isAsked) void reload()
    else if (isUpdate) {
      const action = { label: t('Reload'), run: () => void reload() }
      showToast(t('Subtext was brought up to date in another tab.'), { action, stays: true })
    }
    isUpdate = true
  })

  let askedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - askedAt < askEveryMs) return
    askedAt = Date.now()
    // Without a network there is nothing new.
    registration.update().catch(() => undefined)
  })
}
