import { useCallback, useEffect, useRef, useState } from 'react'
import type { Connection } from '#core/connection.ts'
import type { ModelError } from '#core/model-error.ts'
import { type Discovery, ModelFailure } from '#ports/model.ts'
import { useServices } from './services.tsx'

export interface ConnectState {
  readonly phase: 'idle' | 'discovering' | 'testing'
  readonly discovery?: Discovery
  /** What is being tried, in words. */
  readonly step?: string
  readonly failure?: ModelError
  /** What was connected last. */
  readonly connection?: Connection
}

interface HowToConnect {
  /** The first that is listed, unless another is named. */
  readonly model?: string | undefined
  readonly forgetsKey?: boolean
  /** What the connection is called; its host, where that is not said. */
  readonly name?: string
}

/** Finding a server, testing it and keeping it, one attempt at a time: a newer one stops the older. */
export function useConnect() {
  const { connections, keyRing } = useServices()
  const [state, setState] = useState<ConnectState>({ phase: 'idle' })
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])

  const attempt = useCallback(
    async (
      phase: 'discovering' | 'testing',
      work: (signal: AbortSignal, patch: (part: Partial<ConnectState>) => void) => Promise<Partial<ConnectState>>,
    ) => {
      aborter.current?.abort()
      const own = new AbortController()
      aborter.current = own
      const patch = (part: Partial<ConnectState>) => {
        if (aborter.current === own && !own.signal.aborted) setState((before) => ({ ...before, ...part }))
      }
      setState(({ discovery }) => ({ phase, ...(discovery && { discovery }) }))
      try {
        patch({ phase: 'idle', ...(await work(own.signal, patch)) })
      } catch (error) {
        if (!(error instanceof ModelFailure)) throw error
        patch({ phase: 'idle', failure: error.error })
      }
    },
    [],
  )

  const discover = useCallback(
    (address: string, key: string) =>
      attempt('discovering', async (signal) => ({
        discovery: await connections.discover(address, key.trim() || undefined, signal),
      })),
    [attempt, connections],
  )

  const connect = useCallback(
    (address: string, key: string, { model, forgetsKey = false, name }: HowToConnect = {}) =>
      attempt('testing', async (signal, patch) => {
        const secret = key.trim() || undefined
        const discovery = await connections.discover(address, secret, signal)
        patch({ discovery })
        const chosen = model ?? discovery.models[0]?.id
        if (chosen === undefined) throw new ModelFailure({ kind: 'unknown-model', model: '' })
        const connection = await connections.connect(
          { discovery, model: chosen, key: secret, forgetsKey, ...(name !== undefined && { name }) },
          signal,
          (step) => patch({ step }),
        )
        return { connection }
      }),
    [attempt, connections],
  )

  const testAgain = useCallback(
    (connection: Connection) =>
      attempt('testing', async (signal, patch) => {
        const key = await keyRing.get(connection.id)
        const discovery = await connections.discover(connection.baseUrl, key, signal)
        const { id, model, name, forgetsKey = false } = connection
        return {
          connection: await connections.connect({ discovery, model, key, forgetsKey, name, id }, signal, (step) =>
            patch({ step }),
          ),
        }
      }),
    [attempt, connections, keyRing],
  )

  const cancel = useCallback(() => {
    aborter.current?.abort()
    setState(({ discovery }) => ({ phase: 'idle', ...(discovery && { discovery }) }))
  }, [])

  return { state, discover, connect, testAgain, cancel }
}
