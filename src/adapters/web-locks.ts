import type { LocksPort } from '#ports/locks.ts'

/**
 * Web Locks, which the browser gives back when a tab dies. On origins without them (plain http on a LAN) only this
 * tab's own holds are known: a draft another tab is writing is then taken for interrupted until its next save.
 */
export function createWebLocks(): LocksPort {
  const own = new Map<string, (() => void) | undefined>()
  const asked = new BroadcastChannel('subtext-locks')
  asked.onmessage = ({ data }: MessageEvent<string>) => own.get(data)?.()
  const locks: LockManager | undefined = navigator.locks
  return {
    hold: (name, onAsked) => {
      own.set(name, onAsked)
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      // Refused only while the page is being torn down, when nothing is left to protect.
      locks?.request(name, () => released).catch(() => undefined)
      return () => {
        own.delete(name)
        release()
      }
    },
    ask: (name) => asked.postMessage(name),
    isHeld: async (name) => {
      if (own.has(name) || !locks) return own.has(name)
      const { held = [], pending = [] } = await locks.query()
      return [...held, ...pending].some((lock) => lock.name === name)
    },
  }
}
