import { createMemoryStorage } from '../../src/adapters/memory-storage.ts'
import { createOpenAiModel } from '../../src/adapters/openai/openai-model.ts'
import { createCard } from '../../src/core/cards/create-card.ts'
import { canContinue } from '../../src/core/connection.ts'
import type { Turn } from '../../src/core/conversation/turn.ts'
import type { CharacterId, ConversationId } from '../../src/core/ids.ts'
import { createChatEngine } from '../../src/engine/chat.ts'
import { createIdSource } from '../../src/engine/ids.ts'
import type { ModelRequest } from '../../src/ports/model.ts'
import { createBrowserFetch } from '../model-server/browser-fetch.ts'
import type { ModelServer } from '../model-server/model-server.ts'
import { connectionTo } from '../model-server/try-model.ts'
import { type Came, judgeTurn } from './judge-wire.ts'
import type { WirePlan, WireTry } from './wire-plan.ts'

const annaId = 'anna' as CharacterId
const origin = 'http://localhost:4173'

/** How long a stream may stay silent here, in milliseconds: the app's own limit is 60 s. */
const idleMs = 250
/** A reply that has not ended by then spins for ever. */
const spinningMs = 60_000

export interface Played {
  readonly problems: readonly string[]
  readonly tries: number
  /** Milliseconds from the last byte to the word that a server fell silent, for each time one did. */
  readonly stalls: readonly number[]
}

/**
 * Plays a plan through the app's own engine and client, over real HTTP, with a memory for a disk; after each try it is
 * looked at what became of the turn.
 */
export async function playWire(plan: WirePlan, server: ModelServer): Promise<Played> {
  const problems: string[] = []
  const stalls: number[] = []
  const { chat, storage, locks, wire, ask } = await openChat(plan, server)
  const conversationId = await chat.begin(annaId, { kind: 'blank' })
  let before: Turn | undefined
  for (const [index, tried] of plan.tries.entries()) {
    // A request that was stopped before it left has taken nothing.
    server.forget()
    server.next(tried.behaviour)
    wire.begin()
    const how = before ? ask(before, tried) : 'send'
    const startedAt = performance.now()
    if (how === 'send') await chat.send(conversationId, 'Did you see the lantern?')
    else await chat[how](conversationId, before?.id as Turn['id'])
    const { stopAfterMs } = tried
    const stopping = stopAfterMs === undefined ? undefined : setTimeout(() => chat.stop(conversationId), stopAfterMs)
    await Promise.race([chat.quiet(conversationId), later(spinningMs)])
    clearTimeout(stopping)
    // A request that left as it was stopped arrives before the next one.
    if (stopAfterMs !== undefined) await later(50)
    const tookMs = performance.now() - startedAt
    const say = (problem: string) =>
      problems.push(`try ${index} (${how}, ${JSON.stringify(tried.behaviour)}): ${problem}`)
    const turn = (await storage.turnsBefore(conversationId, undefined, 1000)).findLast(
      (row) =>
        row.id === headOf(before, how) || (headOf(before, how) === undefined && row.speaker.kind === 'character'),
    )
    const run = chat.runs.getState().byConversation.get(conversationId)
    if (run) say(`it is ${run.phase} after ${Math.round(tookMs)} ms`)
    if (locks.size > 0) say('its lock is held')
    if (!turn) {
      say('there is no turn')
      break
    }
    const begun = how === 'goOn' && before && turn.id === before.id ? before.raw : ''
    for (const problem of judgeTurn({ tried, came: wire.came(), prefill: wire.prefill(), before: begun, turn })) {
      say(problem)
    }
    if (turn.failure?.kind === 'stalled') stalls.push(performance.now() - wire.lastByteAt())
    if (index === plan.tries.length - 1 && turn.ending !== 'complete') say(`a try without a fault is ${turn.ending}`)
    before = turn
  }
  for (const late of stalls) if (late > idleMs + 2000) problems.push(`silence was noticed after ${Math.round(late)} ms`)
  return { problems, tries: plan.tries.length, stalls }
}

/** The turn that is gone on with; of another take only the time tells which it is. */
function headOf(before: Turn | undefined, how: 'send' | WireTry['ask']) {
  return how === 'goOn' ? before?.id : undefined
}

async function openChat({ kind, prefill, transport }: WirePlan, server: ModelServer) {
  const storage = createMemoryStorage()
  const locks = new Set<string>()
  const connection = connectionTo(`${server.url}/${kind}`, {
    kind,
    transport,
    capabilities: { prefill, echo: false, thinkingSwitch: false, speaksHer: true, completions: true },
  })
  const wire = createWire()
  const now = () => Date.now()
  const model = createOpenAiModel({ connection, fetch: wire.fetch, origin, idleMs })
  const chat = createChatEngine({
    storage,
    locks: {
      hold: (name) => {
        locks.add(name)
        return () => locks.delete(name)
      },
      isHeld: async (name) => locks.has(name),
      ask: () => undefined,
    },
    now,
    createId: createIdSource(now, (length) => crypto.getRandomValues(new Uint8Array(length))),
    onFrame: (callback) => setTimeout(callback, 4),
    every: (ms, callback) => {
      const timer = setInterval(callback, ms)
      return () => clearInterval(timer)
    },
    turnsOf: (id: ConversationId) => storage.turnsBefore(id, undefined, 1000),
    openModel: async () => ({
      ...model,
      stream: (request, signal, ready) => {
        wire.ask(request, model.describe(request).prefilled)
        return model.stream(request, signal, ready)
      },
    }),
  })
  const document = createCard({ name: 'Anna', description: 'A lamplighter.' })
  await storage.write([
    {
      type: 'put',
      table: 'characters',
      row: { id: annaId, document, hue: 1, origin: 'authored', createdAt: 1, updatedAt: 1 },
    },
    { type: 'put', table: 'connections', row: connection },
    { type: 'put', table: 'settings', row: { name: 'connection', value: connection.id } },
  ])
  /** What the reader can do: go on only where the app offers it. */
  const ask = ({ raw, ending, failure }: Turn, tried: WireTry): WireTry['ask'] =>
    raw !== '' && ending !== 'complete' && failure?.kind !== 'empty' && canContinue(connection) ? tried.ask : 'again'
  return { chat, storage, locks, wire, ask }
}

/** A browser's fetch that remembers what of an answer was given on. */
function createWire() {
  const fetchAsBrowser = createBrowserFetch(origin)
  let status: number | undefined
  let chunks: Uint8Array[] = []
  let prefill = ''
  let lastByteAt = 0
  const remember = (response: Response): Response => {
    if (!response.body) return response
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          chunks.push(chunk)
          lastByteAt = performance.now()
          controller.enqueue(chunk)
        },
      }),
    )
    return new Response(watched, { status: response.status, headers: response.headers })
  }
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetchAsBrowser(input, init)
    if ((init?.method ?? 'GET') !== 'POST') return response
    status = response.status
    lastByteAt = performance.now()
    return remember(response)
  }
  return {
    fetch,
    begin: () => {
      status = undefined
      chunks = []
      prefill = ''
    },
    ask: (request: ModelRequest, isPrefilled: boolean) => {
      prefill = isPrefilled ? (request.prefill ?? '') : ''
    },
    prefill: () => prefill,
    lastByteAt: () => lastByteAt,
    came: (): Came => ({ status, bytes: Buffer.concat(chunks) }),
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
