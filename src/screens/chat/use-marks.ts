import { useMemo } from 'react'
import type { TurnId } from '#core/ids.ts'
import type { Marks } from '#ui/marked-text.tsx'
import { useFind } from './find-state.ts'

/** What is marked in a segment: what the reader looks for in the chat. */
export function useMarks(turnId: TurnId, index: number): Marks | undefined {
  const rangesOf = useFind((find) => find.rangesOf)
  const current = useFind(({ current }) =>
    current?.turnId === turnId && current.segment === index ? current.occurrence : undefined,
  )
  return useMemo(() => rangesOf && { rangesOf, current }, [rangesOf, current])
}
