import { answerFor } from './answer-for.ts'
import { type Build, createKeptFiles } from './kept-files.ts'
import { putAside } from './shared-files.ts'
import type { WorkerMessage } from './worker-message.ts'

// Answers for the page where there is no network. A file of its own: scripts/offline.ts builds it when all others are
// there, and writes the list of them into it.
declare const listOfFiles: Build
const built = listOfFiles

/** What the library of types for pages leaves out. */
interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface AskedEvent extends LastingEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
interface Scope {
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly { readonly url: string }[]>
    claim(): Promise<void>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void
  addEventListener(type: 'message', listener: (event: LastingEvent & { readonly data: WorkerMessage }) => void): void
}

const worker = self as unknown as Scope
const { scope } = worker.registration
const files = createKeptFiles(built, scope)
const paths = new Set(built.files.map(({ path }) => path))

worker.addEventListener('install', (event) => event.waitUntil(files.keepAll()))
// The page of a first visit is offline-ready without being opened anew.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting())
  if (event.data === 'tidy up') event.waitUntil(tidyUp())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { url, method, mode } = request
  const answer = answerFor(
    { url, method, isNavigation: mode === 'navigate' },
    { scope, isFile: (path) => paths.has(path) },
  )
  if (!answer) return
  if (answer.kind === 'shared files') {
    event.respondWith(takeShared(request))
    return
  }
  event.respondWith(answer.kind === 'file' ? give(answer.path, request) : giveLate(answer.path, event))
})

async function give(path: string, request: Request): Promise<Response> {
  // The browser may have taken the disk back.
  return (await files.find(path).catch(() => undefined)) ?? fetch(request)
}

async function giveLate(path: string, event: AskedEvent): Promise<Response> {
  const found = await files.find(path).catch(() => undefined)
  if (found) return found
  const response = await fetch(event.request)
  event.waitUntil(files.keep(path, response.clone()).catch(() => undefined))
  return response
}

async function takeShared(request: Request): Promise<Response> {
  await putAside(await request.formData(), scope)
  return Response.redirect(scope, 303)
}

/** The pages of an older build go on with its files, until there is one page, which is ours. */
async function tidyUp(): Promise<void> {
  const { installing, waiting } = worker.registration
  if (installing || waiting) return
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (windows.filter(({ url }) => url.startsWith(scope)).length < 2) await files.forgetOthers()
}
