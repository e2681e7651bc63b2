import { useEffect } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Cast } from '#core/scene/cast.ts'

/** More turns than fit into the window of most models. */
const aheadTurns = 400

/** In a scene every request is looked through for what others thought, long ago too. */
const aheadInScene = 4000

/** Where idle time is not told (Safari), so many turns are read at a time. */
const turnsAtATime = 10

/**
 * Reads the newest turns while the page has nothing to do. The next prompt is made of them, and is then made in no time
 * when the reader sends something. What was read is kept with each turn (`readTurn`).
 */
export function useReadAhead(path: readonly Turn[], cast: Cast): void {
  useEffect(() => {
    let next = path.length - 1
    const last = Math.max(0, path.length - (cast.characters.length > 1 ? aheadInScene : aheadTurns))
    const readWhile = (hasTime: (turns: number) => boolean) => {
      for (let turns = 0; next >= last && hasTime(turns); turns += 1, next -= 1) {
        const turn = path[next]
        if (turn) readTurn(turn, cast)
      }
      if (next >= last) schedule()
    }
    let cancel: () => void
    const schedule = () => {
      if ('requestIdleCallback' in window) {
        const id = requestIdleCallback((deadline) => readWhile(() => deadline.timeRemaining() > 1))
        cancel = () => cancelIdleCallback(id)
      } else {
        const id = setTimeout(() => readWhile((turns) => turns < turnsAtATime), 50)
        cancel = () => clearTimeout(id)
      }
    }
    schedule()
    return () => cancel()
  }, [path, cast])
}
