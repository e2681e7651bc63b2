import { createMemoryStorage } from '#adapters/memory-storage.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { Connection } from '#core/connection.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import type { LocksPort } from '#ports/locks.ts'
import type { ModelPart, ModelRequest } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import { createBackground } from './background.ts'
import { createChatEngine } from './chat.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { createIdSource } from './ids.ts'
import { createLateBetween } from './late-between.ts'
import { openBetween } from './open-between.ts'

export const annaId = 'anna' as CharacterId

/** What a reply of the scripted model does: parts, pauses, or an error to fail with. */
export type Script = readonly (ModelPart | Promise<unknown> | Error)[]

export const end = (finishReason = 'stop'): ModelPart => ({ type: 'stream-end', finishReason })
export const text = (words: string): ModelPart => ({ type: 'text-delta', text: words })

/** A chat engine over a memory that forgets and a model that plays scripts, one a request, in order. */
export async function setupChat(
  scripts: Script[],
  changes: { storage?: StoragePort; prefill?: 'none'; connection?: Partial<Connection>; isBusyBetween?: true } = {},
) {
  const storage = changes.storage ?? createMemoryStorage()
  const requests: ModelRequest[] = []
  const expected: ModelRequest[] = []
  const savers = new Set<() => void>()
  const held = new Set<string>()
  const locks: LocksPort = {
    hold: (name) => {
      held.add(name)
      return () => held.delete(name)
    },
    isHeld: async (name) => held.has(name),
    ask: () => undefined,
  }
  let time = 1_000_000
  const now = () => {
    time += 1
    return time
  }
  const dependencies: ChatDependencies = {
    storage,
    locks,
    now,
    createId: createIdSource(now, (length) => crypto.getRandomValues(new Uint8Array(length))),
    onFrame: (callback) => queueMicrotask(callback),
    every: (_ms, callback) => {
      savers.add(callback)
      return () => savers.delete(callback)
    },
    turnsOf: (conversationId) => storage.turnsBefore(conversationId, undefined, 1000),
    openModel: async () => ({
      stream: async function* (request, signal, ready) {
        await ready
        if (signal.aborted) return
        requests.push(request)
        yield { type: 'stream-start', prefilled: request.prefill !== undefined }
        for (const step of scripts.shift() ?? [end()]) {
          if (step instanceof Error) throw step
          if (step instanceof Promise) {
            const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve))
            if (!signal.aborted) await Promise.race([step, stopped])
          } else yield step
          if (signal.aborted) return
        }
      },
      expect: (request) => expected.push(request),
      describe: (request) => ({ url: '', body: JSON.stringify(request), hasKey: false, prefilled: false }),
      count: async () => undefined,
    }),
  }
  const background = createBackground()
  const opened = openBetween(dependencies, background)
  const between = changes.isBusyBetween && createLateBetween(async () => opened)
  const chat = createChatEngine({ ...dependencies, ...(between && { between }) })
  const connection =
    changes.prefill === 'none'
      ? { ...demoConnection, capabilities: { ...demoConnection.capabilities, prefill: 'none' as const } }
      : { ...demoConnection, ...changes.connection }
  await storage.write([
    {
      type: 'put',
      table: 'characters',
      row: {
        id: annaId,
        document: createCard({ name: 'Anna', description: 'A clerk.' }),
        hue: 1,
        origin: 'authored',
        createdAt: 1,
        updatedAt: 1,
      },
    },
    { type: 'put', table: 'connections', row: connection },
    { type: 'put', table: 'settings', row: { name: 'connection', value: connection.id } },
  ])

  async function shown(conversationId: ConversationId): Promise<Turn[]> {
    const conversation = await storage.get('conversations', conversationId)
    const turns = await storage.turnsBefore(conversationId, undefined, 1000)
    return pathTo(createTree(turns), conversation?.headId ?? null)
  }

  return {
    ...dependencies,
    chat,
    memories: opened.memories,
    background,
    requests,
    expected,
    held,
    shown,
    /** The turns that can be read, as "who: words". */
    words: async (conversationId: ConversationId) =>
      (await shown(conversationId)).map((turn) => `${turn.speaker.kind}: ${turn.raw}`),
    /** What the clock does each second. */
    save: () => {
      for (const saver of savers) saver()
    },
    /** Resolves when nothing is being written in a chat. */
    quiet: (conversationId: ConversationId) =>
      new Promise<void>((resolve) => {
        const isQuiet = () => {
          const phase = chat.runs.getState().byConversation.get(conversationId)?.phase
          return (phase === undefined || phase === 'unsaved') && !held.size
        }
        const check = () => (isQuiet() ? resolve() : setTimeout(check, 1))
        setTimeout(check, 1)
      }),
  }
}
