import type { ModelPort } from '#ports/model.ts'
import { createGate, type Gate } from './gate.ts'

/** An endpoint, and how many requests it is given. */
export interface Lane {
  readonly model: ModelPort
  readonly gate: Gate
}

export interface LaneOptions {
  /** Endpoints that answer alike; a call goes to the one with most room. */
  readonly models: readonly ModelPort[]
  /** Requests at once, of all endpoints together. */
  readonly mostAtOnce: number
  /** Unix milliseconds. */
  readonly now: () => number
  /** Resolves after that many milliseconds; rejects with the signal's reason when that is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Who waits for an endpoint, in the order they came. */
export interface Lanes {
  /** Resolves when a request may begin; it has begun then. Rejects with the signal's reason when that is aborted. */
  enter(signal: AbortSignal): Promise<Lane>
  /** Lets in who may enter now. To be called when a request has ended. */
  moveUp(): void
  state(now: number): LanesState
}

interface LanesState {
  readonly inFlight: number
  readonly atOnce: number
  readonly waiting: number
  readonly closedUntil?: number
}

export function createLanes({ models, mostAtOnce, now, wait }: LaneOptions): Lanes {
  const lanes = models.map((model): Lane => ({ model, gate: createGate(mostAtOnce) }))
  const queue = new Set<(lane: Lane) => void>()
  /** Waits for the first gate that opens by itself; aborted when an earlier one is known. */
  let alarm: { readonly at: number; readonly aborter: AbortController } | undefined

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          queue.delete(go)
          reject(signal.reason)
        }
        const go = (lane: Lane) => {
          signal.removeEventListener('abort', leave)
          resolve(lane)
        }
        if (signal.aborted) return reject(signal.reason)
        signal.addEventListener('abort', leave, { once: true })
        queue.add(go)
        moveUp()
      }),
    moveUp,
    state: (at) => {
      const closedUntil = Math.min(...lanes.map(({ gate }) => gate.closedUntil))
      return {
        inFlight: inFlight(),
        atOnce: Math.min(
          mostAtOnce,
          lanes.reduce((sum, { gate }) => sum + gate.limit, 0),
        ),
        waiting: queue.size,
        ...(closedUntil > at && { closedUntil }),
      }
    },
  }

  function inFlight(): number {
    return lanes.reduce((sum, { gate }) => sum + gate.inFlight, 0)
  }

  function moveUp(): void {
    for (const go of queue) {
      const lane = inFlight() < mostAtOnce ? freest(now()) : undefined
      if (!lane) break
      queue.delete(go)
      lane.gate.begin()
      go(lane)
    }
    if (queue.size > 0) setAlarm()
    else stopAlarm()
  }

  /** The open lane with most room. */
  function freest(at: number): Lane | undefined {
    const room = ({ gate }: Lane) => gate.limit - gate.inFlight
    return lanes
      .filter(({ gate }) => gate.isOpen(at))
      .reduce<Lane | undefined>((best, lane) => (best && room(best) >= room(lane) ? best : lane), undefined)
  }

  function setAlarm(): void {
    const closed = lanes.map(({ gate }) => gate.closedUntil).filter((until) => until > now())
    const at = Math.min(...closed)
    if (closed.length === 0 || (alarm && alarm.at <= at)) return
    stopAlarm()
    const aborter = new AbortController()
    alarm = { at, aborter }
    wait(at - now(), aborter.signal).then(
      () => {
        alarm = undefined
        moveUp()
      },
      // Stopped: another alarm was set, or nobody waits.
      () => undefined,
    )
  }

  function stopAlarm(): void {
    alarm?.aborter.abort()
    alarm = undefined
  }
}
