import type { SearchQuery } from '#core/search/search-query.ts'
import type { SearchAnswer, SearchPort } from '#ports/search.ts'
import { tellChanges } from './tell-changes.ts'

/** A question to the worker, and what it sends: the answer of that number, or word that answers may have changed. */
interface Question {
  readonly number: number
  readonly query: SearchQuery
  readonly limit: number
}

type Message =
  | { readonly type: 'answer'; readonly number: number; readonly answer: SearchAnswer }
  | { readonly type: 'change' }

/** A search that is done in a worker, so that the page never waits for it. */
export function createWorkerSearch(worker: Worker): SearchPort {
  const waiting = new Map<number, (answer: SearchAnswer) => void>()
  const listeners = new Set<() => void>()
  let lastNumber = 0
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'change') {
      for (const listener of listeners) listener()
      return
    }
    waiting.get(data.number)?.(data.answer)
    waiting.delete(data.number)
  }
  return {
    search: (query, limit) =>
      new Promise((resolve) => {
        lastNumber += 1
        waiting.set(lastNumber, resolve)
        worker.postMessage({ number: lastNumber, query, limit } satisfies Question)
      }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The other side: answers the questions that come to a worker. */
export function serveSearch(search: SearchPort, scope: Pick<Worker, 'onmessage' | 'postMessage'>): void {
  const send = (message: Message) => scope.postMessage(message)
  tellChanges(search.onChange, () => send({ type: 'change' }))
  scope.onmessage = ({ data: { number, query, limit } }: MessageEvent<Question>) => {
    void search.search(query, limit).then((answer) => send({ type: 'answer', number, answer }))
  }
}
