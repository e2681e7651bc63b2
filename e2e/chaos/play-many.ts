import { startModelServer } from '../model-server/model-server.ts'
import { playWire } from './play-wire.ts'
import { planWire } from './wire-plan.ts'

export interface PlayedMany {
  /** Each with the seed of its plan. */
  readonly problems: readonly string[]
  readonly tries: number
  readonly stalls: readonly number[]
}

/** Plays the plans of so many seeds that begin alike, some at a time: mostly they wait. */
export async function playMany(seed: string, count: number, lanes: number): Promise<PlayedMany> {
  const problems: string[] = []
  const stalls: number[] = []
  let tries = 0
  let next = 0
  const play = async () => {
    const server = await startModelServer()
    while (next < count) {
      const plan = planWire(`${seed}-${next++}`)
      const played = await playWire(plan, server)
      problems.push(...played.problems.map((problem) => `${plan.seed}: ${problem}`))
      stalls.push(...played.stalls)
      tries += played.tries
    }
    await server.close()
  }
  await Promise.all(Array.from({ length: lanes }, play))
  return { problems, tries, stalls }
}
