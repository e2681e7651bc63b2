import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { type Weights, WeightsFailure, type WeightsProblem } from '#core/in-page/weights.ts'
import type { InPageModels } from '#engine/in-page.ts'
import type { EngineStatus, Progress, WeightsOffer } from '#ports/in-page.ts'
import { useServices } from './services.tsx'

export type { EngineStatus } from '#ports/in-page.ts'

/** The models in this page, once their code is there. */
export function useInPage(): InPageModels | undefined {
  const { inPage } = useServices()
  return useQuery({ queryKey: ['in-page', 'models'], queryFn: inPage, staleTime: Number.POSITIVE_INFINITY }).data
}

/** What this browser has and can. */
export function useInPageWeights() {
  const models = useInPage()
  const stored = useQuery({
    queryKey: ['in-page', 'weights'],
    queryFn: async () => (models ? { ...(await models.list()), around: await models.look() } : undefined),
    enabled: models !== undefined,
  }).data
  return stored
}

const off: EngineStatus = { phase: 'off' }
const nothingToSubscribe = () => () => {}

/** What the engine in this page is at. */
export function useEngineStatus(): EngineStatus {
  const engine = useInPage()?.engine
  return useSyncExternalStore(engine?.subscribe ?? nothingToSubscribe, () => engine?.status() ?? off)
}

/** A model that is being got: asked about, offered, on its way, or not to be had. */
export type WeightsJob =
  | { readonly phase: 'none' }
  | { readonly phase: 'asking'; readonly name: string; readonly cancel: () => void }
  | { readonly phase: 'offered'; readonly offer: WeightsOffer }
  | {
      readonly phase: 'running'
      readonly name: string
      readonly progress: Progress
      /** Bytes a second, since it began; 0 while that can't be told. */
      readonly speed: number
      readonly isDownload: boolean
      readonly cancel: () => void
    }
  | { readonly phase: 'failed'; readonly problem: WeightsProblem }

/** One at a time, and whatever screen is shown: a download of gigabytes goes on while the reader reads. */
const useJob = create<WeightsJob>(() => ({ phase: 'none' }))

/** Getting models: what is going on, and how to begin. */
export function useWeightsJob() {
  const models = useInPage()
  const queryClient = useQueryClient()
  const job = useJob()

  const run = useCallback(
    async (work: (models: InPageModels, signal: AbortSignal, cancel: () => void) => Promise<WeightsJob>) => {
      const before = useJob.getState()
      if (!models || before.phase === 'running' || before.phase === 'asking') return
      const aborter = new AbortController()
      let next: WeightsJob = { phase: 'none' }
      try {
        next = await work(models, aborter.signal, () => aborter.abort())
      } catch (error) {
        if (!aborter.signal.aborted) next = { phase: 'failed', problem: problemOf(error) }
      }
      useJob.setState(next, true)
      await queryClient.invalidateQueries({ queryKey: ['in-page', 'weights'] })
    },
    [models, queryClient],
  )

  const ask = useCallback(
    (url: string, name: string) =>
      run(async ({ lookUp }, signal, cancel) => {
        useJob.setState({ phase: 'asking', name, cancel }, true)
        return { phase: 'offered', offer: await lookUp(url, signal) }
      }),
    [run],
  )

  const get = useCallback(
    (
      name: string,
      isDownload: boolean,
      fetchIt: (models: InPageModels, tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Weights>,
    ) =>
      run(async (inPage, signal, cancel) => {
        const startedAt = performance.now()
        let first: number | undefined
        const tell = (progress: Progress) => {
          // What was there before is no speed.
          first ??= progress.bytes
          const seconds = (performance.now() - startedAt) / 1000
          const speed = seconds > 0.5 ? (progress.bytes - first) / seconds : 0
          useJob.setState({ phase: 'running', name, progress, speed, isDownload, cancel }, true)
        }
        tell({ bytes: 0, totalBytes: 0 })
        first = undefined
        await inPage.use(await fetchIt(inPage, tell, signal))
        return { phase: 'none' }
      }),
    [run],
  )

  const download = useCallback(
    (offer: WeightsOffer) => get(offer.name, true, (inPage, tell, signal) => inPage.download(offer, tell, signal)),
    [get],
  )
  const take = useCallback(
    (files: readonly File[], keeps: boolean) =>
      get(files[0]?.name ?? '', false, (inPage, tell, signal) => inPage.take(files, keeps, tell, signal)),
    [get],
  )
  const dismiss = useCallback(() => useJob.setState({ phase: 'none' }, true), [])
  const remove = useCallback(
    async (name: string) => {
      await models?.remove(name)
      await queryClient.invalidateQueries({ queryKey: ['in-page', 'weights'] })
    },
    [models, queryClient],
  )
  return { job, ask, download, take, dismiss, remove, use: models?.use }
}

function problemOf(error: unknown): WeightsProblem {
  if (error instanceof WeightsFailure) return error.problem
  return { kind: 'disk', detail: error instanceof Error ? error.message : String(error) }
}
