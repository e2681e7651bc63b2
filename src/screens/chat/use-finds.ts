import { useEffect, useState } from 'react'
import type { Seals } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { isSealed } from '#core/conversation/seals.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import type { Cast } from '#core/scene/cast.ts'
import { countFinds, type Needle } from '#core/search/find-text.ts'
import { fold } from '#core/search/fold.ts'
import { plainText } from '#ui/markdown.tsx'
import type { Find } from './find-state.ts'

/** How long the page may stand still for looking, in milliseconds. */
const sliceMs = 12

const foldedTexts = new WeakMap<Segment, string>()

function foldedTextOf(segment: Segment): string {
  const known = foldedTexts.get(segment)
  if (known !== undefined) return known
  const folded = fold(plainText(segment.text))
  foldedTexts.set(segment, folded)
  return folded
}

/** Every place where a text stands in what is read, also in closed layers, in order. Long chats are looked through bit by bit. */
export function useFinds(
  path: readonly Turn[],
  cast: Cast,
  seals: Seals | undefined,
  needle: Needle | undefined,
): { readonly finds: readonly Find[]; readonly isLooking: boolean } {
  const [state, setState] = useState<{ readonly finds: readonly Find[]; readonly isLooking: boolean }>({
    finds: [],
    isLooking: false,
  })
  useEffect(() => {
    const finds: Find[] = []
    if (!needle) {
      setState({ finds, isLooking: false })
      return
    }
    let next = 0
    let timer: ReturnType<typeof setTimeout>
    function look(sought: Needle) {
      const until = performance.now() + sliceMs
      for (; next < path.length && performance.now() < until; next++) {
        const turn = path[next]
        if (turn) collect(turn, sought)
      }
      const isLooking = next < path.length
      setState({ finds: [...finds], isLooking })
      if (isLooking) timer = setTimeout(() => look(sought), 0)
    }
    function collect(turn: Turn, sought: Needle) {
      for (const [index, segment] of readTurn(turn, cast).segments.entries()) {
        if (isSealed(seals, turn.id, segment, index)) continue
        const count = countFinds(foldedTextOf(segment), sought)
        for (let occurrence = 0; occurrence < count; occurrence++) {
          finds.push({ turnId: turn.id, segment: index, occurrence })
        }
      }
    }
    look(needle)
    return () => clearTimeout(timer)
  }, [path, cast, seals, needle])
  return state
}
