import { useState } from 'react'
import type { Connection } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import { modelLabel } from '#core/model-label.ts'
import { t } from '#lib/translate.ts'
import { useActiveConnection, useConnections } from './connections.ts'

/**
 * Which connection plays which part: the one in use, until another is chosen. `choices` are all of them, the demo last;
 * undefined until they are read.
 */
export function useModelChoices<Part extends string>() {
  const connections = useConnections()
  const inUse = useActiveConnection()
  const [chosen, setChosen] = useState<Partial<Record<Part, string>>>({})
  const all = connections && [...connections.filter(({ kind }) => kind !== 'demo'), demoConnection]
  return {
    choices: all?.map((connection) => ({ id: connection.id, label: labelOf(connection) })),
    of: (part: Part): Connection | undefined => all?.find(({ id }) => id === (chosen[part] ?? inUse?.id)) ?? all?.[0],
    choose: (part: Part, id: string) => setChosen((before) => ({ ...before, [part]: id })),
  }
}

function labelOf({ kind, name, model }: Connection): string {
  const label = modelLabel(model)
  return kind === 'demo' || name === label ? name : t('{model} at {name}', { model: label, name })
}
