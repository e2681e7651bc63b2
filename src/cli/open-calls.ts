import { wait } from '#adapters/wait.ts'
import type { Connection } from '#core/connection.ts'
import { type Calls, createCalls } from '#engine/calls/create-calls.ts'
import type { Journal } from '#ports/journal.ts'
import { openEndpoints } from './endpoints.ts'

/** The calls to one address, and the name of the model there. */
export interface OpenedCalls {
  readonly model: string
  readonly calls: Calls
}

interface Options {
  readonly mostAtOnce: number
  readonly transport?: Connection['transport'] | undefined
  readonly signal: AbortSignal
}

/** Opens the endpoints of each address once: parts that share one share its limit. */
export async function openCalls<Part extends string>(
  addresses: Readonly<Record<Part, string>>,
  options: Options,
): Promise<(journal: Journal) => Record<Part, OpenedCalls>> {
  const { mostAtOnce, transport, signal } = options
  const distinct = [...new Set<string>(Object.values(addresses))]
  const opened = await Promise.all(
    distinct.map(async (address) => {
      const endpoints = await openEndpoints({ address, ...(transport && { transport }), signal })
      return [address, endpoints] as const
    }),
  )
  return (journal) => {
    const byAddress = new Map(
      opened.map(([address, { model, models }]) => [
        address,
        { model, calls: createCalls({ models, journal, mostAtOnce, now: Date.now, wait, random: Math.random }) },
      ]),
    )
    const entries = Object.entries<string>(addresses).map(([part, address]) => [part, byAddress.get(address)])
    return Object.fromEntries(entries) as Record<Part, OpenedCalls>
  }
}

/** What all calls came to, in a line. */
export function tellProgress(opened: readonly OpenedCalls[]): string {
  const calls = [...new Set(opened.map((one) => one.calls))]
  const sum = (count: (progress: Calls['progress']) => number) =>
    calls.reduce((total, { progress }) => total + count(progress), 0)
  const known = sum(({ replayed }) => replayed)
  return [
    `${sum(({ answered }) => answered)} answers`,
    ...(known > 0 ? [`${known} known before`] : []),
    `${sum(({ failed }) => failed)} failed`,
    `${sum(({ retried }) => retried)} tried again`,
    `${sum(({ inFlight }) => inFlight)} under way`,
    `${sum(({ promptTokens }) => promptTokens)} + ${sum(({ completionTokens }) => completionTokens)} tokens`,
  ].join(', ')
}
