import type { CharacterId } from '#core/ids.ts'
import type { CardArchive, CardDesk, FoundCards } from '#ports/card-desk.ts'
import { tellChanges } from './tell-changes.ts'

/** What the worker is asked, by number, and what it sends. */
type Request =
  | { readonly type: 'search'; readonly number: number; readonly typed: string }
  | { readonly type: 'export'; readonly number: number; readonly ids: readonly CharacterId[] }
  | { readonly type: 'call-off'; readonly number: number }

type Message =
  | { readonly type: 'found'; readonly number: number; readonly answer: FoundCards }
  | { readonly type: 'progress'; readonly number: number; readonly done: number }
  | { readonly type: 'exported'; readonly number: number; readonly archive: CardArchive | undefined }
  | { readonly type: 'failed'; readonly number: number; readonly reason: string }
  | { readonly type: 'change' }

/** Word of progress is sent at most this often, in milliseconds: a thousand cards are written in no time. */
const progressEveryMs = 50

/** A card desk in a worker, so that the page never waits for it. */
export function createWorkerCardDesk(worker: Worker): CardDesk {
  const waiting = new Map<number, (message: Exclude<Message, { type: 'change' }>) => void>()
  const listeners = new Set<() => void>()
  let lastNumber = 0
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'change') {
      for (const listener of listeners) listener()
    } else waiting.get(data.number)?.(data)
  }
  const send = (request: Request) => worker.postMessage(request)
  return {
    search: (typed) =>
      new Promise((resolve, reject) => {
        const number = ++lastNumber
        waiting.set(number, (message) => {
          waiting.delete(number)
          if (message.type === 'found') resolve(message.answer)
          else reject(new Error(message.type === 'failed' ? message.reason : message.type))
        })
        send({ type: 'search', number, typed })
      }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    export: (ids, onProgress, signal) =>
      new Promise((resolve, reject) => {
        const number = ++lastNumber
        signal.addEventListener('abort', () => send({ type: 'call-off', number }), { once: true })
        waiting.set(number, (message) => {
          if (message.type === 'progress') return onProgress(message.done)
          waiting.delete(number)
          if (message.type === 'exported') resolve(message.archive)
          else reject(new Error(message.type === 'failed' ? message.reason : message.type))
        })
        send({ type: 'export', number, ids })
      }),
  }
}

/** The other side: does what comes to a worker. */
export function serveCardDesk(desk: CardDesk, scope: Pick<Worker, 'onmessage' | 'postMessage'>): void {
  const send = (message: Message) => scope.postMessage(message)
  const calls = new Map<number, AbortController>()
  tellChanges(desk.onChange, () => send({ type: 'change' }))
  scope.onmessage = ({ data }: MessageEvent<Request>) => {
    const { number } = data
    if (data.type === 'call-off') return calls.get(number)?.abort()
    const work = data.type === 'search' ? search(number, data.typed) : exportCards(number, data.ids)
    void work.catch((error: unknown) => send({ type: 'failed', number, reason: String(error) }))
  }

  async function search(number: number, typed: string): Promise<void> {
    send({ type: 'found', number, answer: await desk.search(typed) })
  }

  async function exportCards(number: number, ids: readonly CharacterId[]): Promise<void> {
    const call = new AbortController()
    calls.set(number, call)
    let toldAt = Number.NEGATIVE_INFINITY
    const tell = (done: number) => {
      if (performance.now() - toldAt < progressEveryMs) return
      toldAt = performance.now()
      send({ type: 'progress', number, done })
    }
    try {
      send({ type: 'exported', number, archive: await desk.export(ids, tell, call.signal) })
    } finally {
      calls.delete(number)
    }
  }
}
