import { useCallback, useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { CardDocument } from '#core/cards/card.ts'
import type { CharacterId } from '#core/ids.ts'
import type { BenchReply } from '#engine/test-bench.ts'
import { useServices } from './services.tsx'

export type { BenchReply } from '#engine/test-bench.ts'

/** A card's answers to some openings, those that have come so far. */
export interface BenchRun {
  readonly id: number
  readonly model: string
  readonly replies: Readonly<Record<string, BenchReply>>
}

interface Bench {
  /** The newest run and the one before it. */
  readonly runs: readonly BenchRun[]
  readonly isRunning: boolean
  /** The author's own opening. */
  readonly own: string
}

const emptyBench: Bench = { runs: [], isRunning: false, own: '' }

/** For as long as the page is open: what was tried is no part of anything. */
const useBenches = create<Readonly<Record<CharacterId, Bench>>>(() => ({}))

/** Tries a card. Leaving the place stops what is being tried; what came of it stays. */
export function useTestBench(characterId: CharacterId) {
  const { testBench } = useServices()
  const bench = useBenches((benches) => benches[characterId]) ?? emptyBench
  const aborter = useRef<AbortController>(undefined)
  const stop = useCallback(() => aborter.current?.abort(), [])
  useEffect(() => stop, [stop])

  const update = useCallback(
    (change: (before: Bench) => Partial<Bench>) =>
      useBenches.setState((benches) => {
        const before = benches[characterId] ?? emptyBench
        return { [characterId]: { ...before, ...change(before) } }
      }),
    [characterId],
  )

  const run = useCallback(
    async (document: CardDocument, openings: readonly string[], model: string) => {
      const mine = new AbortController()
      aborter.current = mine
      update(({ runs }) => ({
        runs: [{ id: (runs[0]?.id ?? 0) + 1, model, replies: {} }, ...runs.slice(0, 1)],
        isRunning: true,
      }))
      const onReply = (opening: number, reply: BenchReply) =>
        update(({ runs: [newest, ...older] }) => {
          const asked = openings[opening]
          if (!newest || asked === undefined) return {}
          return { runs: [{ ...newest, replies: { ...newest.replies, [asked]: reply } }, ...older] }
        })
      try {
        await (await testBench()).run({ characterId, document, openings, signal: mine.signal, onReply })
      } finally {
        update(() => ({ isRunning: false }))
      }
    },
    [characterId, testBench, update],
  )

  const setOwn = useCallback((own: string) => update(() => ({ own })), [update])
  return { ...bench, run, stop, setOwn }
}
