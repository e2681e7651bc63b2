// A worker that speaks another language waits for its words before it listens, and is sent to meanwhile. This module is
// the first that such a worker imports, and waits for nothing itself.
const early: MessageEvent[] = []
const keep = (event: MessageEvent) => void early.push(event)
addEventListener('message', keep)

/** To be called when the worker listens: gives it what was sent before. */
export function giveEarlyMessages(): void {
  removeEventListener('message', keep)
  for (const { data, ports } of early.splice(0)) dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }))
}
