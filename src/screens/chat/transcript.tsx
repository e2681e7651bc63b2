import type { Virtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import type { Transcript } from '#state/conversations.ts'
import { useKnownMemory } from '#state/memory.ts'
import { useReadAhead } from '#state/read-ahead.ts'
import { useReadingMode } from '#state/reading-mode.ts'
import { useServices } from '#state/services.tsx'
import { useFind } from './find-state.ts'
import { FollowNote } from './follow-note.tsx'
import { HoldPlaceContext } from './hold-place.ts'
import { MemoryLine } from './memory-line.tsx'
import { useReadingRules } from './reading-rules.ts'
import { TurnView } from './turn.tsx'
import { useTurnList } from './use-turn-list.ts'
import { showTurn, useWantedTurn } from './wanted-turn.ts'

interface Props {
  readonly conversation: Conversation
  readonly transcript: Transcript
  readonly players: Players
}

/**
 * The turns, of which only those near the window are in the page. The end is held while the reader is at the end, and
 * the line they read is held when older turns come in above.
 */
export function TranscriptList({ conversation, transcript, players }: Props) {
  const { path, tree } = transcript
  const remembered = useKnownMemory(conversation, path)?.turns
  useReadAhead(path, players.cast)
  const scroller = useRef<HTMLDivElement>(null)
  const { virtualizer, isAtEnd, holdPlace } = useTurnList(scroller, path)
  useGoTo(path, scroller, virtualizer)
  useSwipes(transcript, scroller)
  const items = virtualizer.getVirtualItems()
  useSamePlaceInEveryMode(virtualizer, isAtEnd)

  return (
    <HoldPlaceContext value={holdPlace}>
      <div className="relative min-h-0 flex-1">
        {/* The log is quiet: a finished reply is announced as a whole, not as it comes. */}
        <div
          ref={scroller}
          role="log"
          aria-label={t('Conversation')}
          aria-live="off"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none] in-data-reading:outline-none focus-visible:outline-offset-[-2px]"
        >
          <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
            <div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
              {items.map(({ index, key }) => {
                const turn = path[index]
                if (!turn) return null
                const takes = takesOf(tree, turn)
                const place = takes.findIndex((take) => take.id === turn.id)
                return (
                  <div key={String(key)} data-index={index} ref={virtualizer.measureElement}>
                    {index === remembered && <MemoryLine turns={index} />}
                    <TurnView
                      turn={turn}
                      players={players}
                      isLast={index === path.length - 1}
                      take={place + 1}
                      takes={takes.length}
                      previousTake={takes[place - 1]?.id}
                      nextTake={takes[place + 1]?.id}
                    />
                    {index === path.length - 1 && <FollowNote tree={tree} turn={turn} />}
                  </div>
                )
              })}
            </div>
          </div>
        </div>
        {!isAtEnd && path.length > 0 && (
          <button
            type="button"
            onClick={() => virtualizer.scrollToEnd()}
            className="absolute bottom-3 left-1/2 flex -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-raised px-3 py-1.5 text-soft text-xs shadow-lg hover:text-ink"
          >
            <ArrowDown aria-hidden className="size-3.5" /> {t('To the end')}
          </button>
        )}
      </div>
    </HoldPlaceContext>
  )
}

/**
 * Every turn has another height in the reading mode, and with more or fewer layers: the reader stays at the end, or at the
 * turn they are at. What layers add in the middle of a chat the list makes up for by itself, to the pixel.
 */
function useSamePlaceInEveryMode(virtualizer: Virtualizer<HTMLDivElement, Element>, isAtEnd: boolean): void {
  const isReading = useReadingMode((mode) => mode.isOn)
  const { isScript, layers } = useReadingRules()
  const mode = `${isReading} ${isScript}`
  const before = useRef({ mode, layers, isAtEnd, index: 0 })
  const offset = virtualizer.scrollOffset ?? 0
  if (before.current.mode === mode && before.current.layers === layers) {
    const index = virtualizer.getVirtualItems().find((item) => item.end > offset)?.index ?? 0
    before.current = { mode, layers, isAtEnd, index }
  }
  useEffect(() => {
    const { mode: modeBefore, layers: layersBefore, isAtEnd: wasAtEnd, index } = before.current
    if (modeBefore === mode && layersBefore === layers) return
    before.current = { ...before.current, mode, layers }
    if (wasAtEnd) virtualizer.scrollToEnd()
    else if (modeBefore !== mode) virtualizer.scrollToIndex(index, { align: 'start' })
  }, [virtualizer, mode, layers])
}

/** A swipe walks between the takes of a turn; past the last take of the last reply it asks for another. */
function useSwipes({ path, tree }: Transcript, scroller: RefObject<HTMLElement | null>): void {
  const { chat } = useServices()
  useEffect(() => {
    const element = scroller.current
    if (!element || navigator.maxTouchPoints === 0) return
    let stop: (() => void) | undefined
    let isOver = false
    const swipe = (turnId: Turn['id'], step: 1 | -1) => {
      const turn = tree.turnsById.get(turnId)
      if (!turn || turn.ending === 'draft') return
      const takes = takesOf(tree, turn)
      const take = takes[takes.findIndex(({ id }) => id === turnId) + step]
      const canAsk = turn.speaker.kind === 'character' && turn.parentId !== null && turn === path.at(-1)
      if (take) void chat.select(turn.conversationId, take.id)
      else if (step === 1 && canAsk) void chat.again(turn.conversationId, turnId)
    }
    // Without its code, as when the page's server is gone, takes are walked by their buttons.
    import('./watch-swipes.ts')
      .then(({ watchSwipes }) => {
        if (!isOver) stop = watchSwipes(element, swipe)
      })
      .catch(() => undefined)
    return () => {
      isOver = true
      stop?.()
    }
  }, [chat, path, tree, scroller])
}

/** How many frames a find is waited for after its turn was scrolled to: until it is drawn and its panel is open. */
const framesToFind = 20

/** Goes to the turn that is wanted, and to the find the reader is at, as soon as they are there. */
function useGoTo(
  path: readonly Turn[],
  scroller: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): void {
  const wanted = useWantedTurn((state) => state.turnId)
  const find = useFind((state) => state.current)
  useEffect(() => {
    if (!wanted) return
    const index = path.findIndex((turn) => turn.id === wanted)
    if (index < 0) return
    const { isForThought } = useWantedTurn.getState()
    showTurn(undefined)
    virtualizer.scrollToIndex(index, { align: 'start' })
    // Not given up when this effect ends: that nothing is wanted any more ends it at once.
    whenDrawn(scroller, `article[data-turn="${wanted}"]`, (article) => {
      const thoughts = isForThought ? article.querySelectorAll<HTMLElement>('[data-layer=role_thinking] button') : []
      ;([...thoughts].at(-1) ?? article).focus({ preventScroll: true })
    })
  }, [wanted, path, scroller, virtualizer])
  // The path is looked at once: a find that is shown is not to be gone to again because a word arrived.
  const pathOfFind = useRef(path)
  pathOfFind.current = path
  useEffect(() => {
    if (!find) return
    const index = pathOfFind.current.findIndex((turn) => turn.id === find.turnId)
    if (index < 0) return
    const isDrawn = scroller.current?.querySelector(`article[data-turn="${find.turnId}"]`)
    if (!isDrawn) virtualizer.scrollToIndex(index, { align: 'center' })
    return whenDrawn(scroller, 'mark[data-current]', (mark) => mark.scrollIntoView({ block: 'center' }))
  }, [find, scroller, virtualizer])
}

/** Calls back with the element once it is in the page and shown; gives the way out. */
function whenDrawn(
  scroller: RefObject<HTMLElement | null>,
  selector: string,
  callback: (element: HTMLElement) => void,
): () => void {
  let frames = 0
  let request = requestAnimationFrame(function look() {
    const element = scroller.current?.querySelector<HTMLElement>(selector)
    if (element && element.offsetParent !== null) callback(element)
    else if (++frames < framesToFind) request = requestAnimationFrame(look)
  })
  return () => cancelAnimationFrame(request)
}
