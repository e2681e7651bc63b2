import { useQuery } from '@tanstack/react-query'
import type { Connection, SamplingPreset } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import type { ModelChoice } from '#core/model-choice.ts'
import { modelLabel } from '#core/model-label.ts'
import { parallelOf, parallelSetting } from '#engine/parallel-requests.ts'
import { t } from '#lib/translate.ts'
import { useConnections } from './connections.ts'
import { useServices } from './services.tsx'

export { mostParallel } from '#engine/parallel-requests.ts'

/** One of the answers to a question that is asked with a list. */
export interface Option {
  readonly value: string
  readonly label: string
}

/** How what is chosen may be sampled. */
export const presetOptions: readonly Option[] = [
  { value: '', label: t('Sampled as the connection is') },
  { value: 'her-demo', label: t('Sampled as HER’s demo') },
  { value: 'her-evaluation', label: t('Sampled as HER’s evaluation') },
]

/** The connection in use, chosen against what a character has of its own. */
const inUseHere = 'in-use'

/** The connections that can be chosen for somebody, with what else is chosen now; undefined while they are read. */
export function useModelOptions(
  choice: ModelChoice | undefined,
  { unchosen, inUse }: { readonly unchosen: string; readonly inUse?: string },
): { readonly options: readonly Option[]; readonly value: string; readonly isGone: boolean } | undefined {
  const connections = useConnections()
  if (!connections) return undefined
  const own = connections.filter(({ kind }) => kind !== 'demo')
  const options: Option[] = [
    { value: '', label: unchosen },
    ...(inUse === undefined ? [] : [{ value: inUseHere, label: inUse }]),
    ...own.map((connection) => ({ value: connection.id, label: connectionLabel(connection) })),
    { value: demoConnection.id, label: demoConnection.name },
  ]
  const value = choice?.connectionId ?? (choice && inUse !== undefined ? inUseHere : '')
  const isGone = !options.some((option) => option.value === value)
  if (isGone) options.push({ value, label: t('A connection that is gone') })
  return { options, value, isGone }
}

/** The choice with another connection; nothing is left of one of which nothing is chosen. */
export function withConnection(choice: ModelChoice | undefined, value: string): ModelChoice | undefined {
  const { connectionId: _before, ...rest } = choice ?? {}
  if (value === inUseHere) return rest
  if (value === '') return undefined
  return { ...rest, connectionId: value as ConnectionId }
}

/** The choice with another way of sampling. */
export function withPreset(choice: ModelChoice | undefined, value: string): ModelChoice | undefined {
  const { preset: _before, ...rest } = choice ?? {}
  return value === '' ? rest : { ...rest, preset: value as SamplingPreset }
}

/** What a connection is called where it is chosen for somebody. */
export function connectionLabel({ name, model, kind }: Connection): string {
  return kind === 'demo' ? name : t('{model} at {name}', { model: modelLabel(model), name })
}

/** How many requests may be under way at once; undefined while it is read. */
export function useParallel(): number | undefined {
  const { storage } = useServices()
  const setting = useQuery({
    queryKey: ['settings', parallelSetting],
    queryFn: async () => (await storage.get('settings', parallelSetting)) ?? null,
  }).data
  return setting === undefined ? undefined : parallelOf(setting?.value)
}
