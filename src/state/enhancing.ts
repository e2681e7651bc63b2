import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { JobId } from '#core/ids.ts'
import type { EnhancePlan } from '#core/training/enhance/enhance-plan.ts'
import type { EnhancedChat } from '#core/training/enhance/enhanced.ts'
import type { EnhanceEstimate } from '#core/training/enhance/estimate-enhance.ts'
import type { Enhancing } from '#engine/enhance/enhancing.ts'
import { useLab } from './lab.ts'

/** Thoughts and plans that are written afterwards; undefined until their code is here. */
export function useEnhancing(): Enhancing | undefined {
  return useLab()?.enhancing
}

/** What a job would ask; that of before while it is counted, undefined with no chat chosen. */
export function useEnhanceEstimate(plan: Pick<EnhancePlan, 'chats' | 'choice'>): EnhanceEstimate | undefined {
  const enhancing = useEnhancing()
  const { data } = useQuery({
    queryKey: ['enhance-estimate', plan],
    queryFn: () => enhancing?.estimate(plan) ?? null,
    enabled: enhancing !== undefined && plan.chats.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return plan.chats.length > 0 ? (data ?? undefined) : undefined
}

/** @param records how many steps there are: what was written is read again when there are more. */
export function useEnhanced(jobId: JobId, records: number | undefined): readonly EnhancedChat[] | undefined {
  const enhancing = useEnhancing()
  return useQuery({
    queryKey: ['enhanced', jobId, records],
    queryFn: () => enhancing?.read(jobId) ?? [],
    enabled: enhancing !== undefined && records !== undefined,
    placeholderData: keepPreviousData,
    structuralSharing: false,
    gcTime: 0,
  }).data
}
