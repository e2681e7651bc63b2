import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { CharacterId } from '#core/ids.ts'
import { arrows, t } from '#lib/translate.ts'
import { CardTile } from './card-tile.tsx'
import { nothingSelected, type Selection, selectAll, stretch, toggle } from './selection.ts'

/** Sizes in pixels. */
const grid = { smallestTile: 150, gap: 20, belowPicture: 60, fewestColumns: 2 }
const listRow = 68

interface Props {
  readonly entries: readonly CatalogueEntry[]
  readonly view: 'grid' | 'list'
  /** What scrolls; null before it is in the page. */
  readonly scroller: HTMLElement | null
  readonly usedAt: ReadonlyMap<CharacterId, number>
  readonly selection: Selection
  readonly onSelection: (change: (before: Selection) => Selection) => void
  readonly onRemove: (focused: CharacterId) => void
}

/**
 * The characters, of which only those near the window are in the page. One of them is a tab stop; arrow keys walk from
 * there, the space bar selects, with Shift a stretch.
 */
export function CardList({ entries, view, scroller, usedAt, selection, onSelection, onRemove }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const { width, top } = usePlace(list, scroller)
  const columns =
    view === 'list' ? 1 : Math.max(grid.fewestColumns, Math.floor((width + grid.gap) / (grid.smallestTile + grid.gap)))
  const tile = (width - grid.gap * (columns - 1)) / columns
  const rowHeight = view === 'list' ? listRow : Math.round((tile * 4) / 3) + grid.belowPicture + grid.gap
  const virtualizer = useVirtualizer({
    count: Math.ceil(entries.length / columns),
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    scrollMargin: top,
    overscan: columns < 4 ? 4 : 2,
  })
  // Rows are all of one height, which is another in another window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height changes
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const [active, setActive] = useState(0)
  const wantsFocus = useRef(false)
  useEffect(() => {
    if (!wantsFocus.current) return
    const link = list.current?.querySelector<HTMLElement>(`a[data-index="${active}"]`)
    if (!link) return
    wantsFocus.current = false
    link.focus({ preventScroll: true })
  })

  const ids = useMemo(() => entries.map(({ id }) => id), [entries])
  const select = useCallback(
    (id: CharacterId, isStretch: boolean) =>
      onSelection((before) => (isStretch ? stretch(before, ids, id, id) : toggle(before, id))),
    [onSelection, ids],
  )

  function walk(to: number, isStretch: boolean) {
    const next = Math.min(entries.length - 1, Math.max(0, to))
    const [from, target] = [entries[active]?.id, entries[next]?.id]
    if (isStretch && from && target) onSelection((before) => stretch(before, ids, from, target))
    wantsFocus.current = true
    setActive(next)
    virtualizer.scrollToIndex(Math.floor(next / columns))
  }

  function onKeyDown(event: KeyboardEvent) {
    const focused = entries[active]
    if (!focused || event.altKey) return
    const page = columns * Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 1)
    const steps: Readonly<Record<string, number>> = {
      [arrows.forth]: 1,
      [arrows.back]: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: page,
      PageUp: -page,
      Home: -entries.length,
      End: entries.length,
    }
    const step = steps[event.key]
    if (step !== undefined) walk(active + step, event.shiftKey)
    else if (event.key === ' ') select(focused.id, event.shiftKey)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelection(() => selectAll(ids))
    else if (event.key === 'Escape' && selection.ids.size > 0) onSelection(() => nothingSelected)
    else if (event.key === 'Delete') onRemove(focused.id)
    else return
    event.preventDefault()
  }

  const rows = virtualizer.getVirtualItems()
  const first = (rows[0]?.index ?? 0) * columns
  const shown = entries.slice(first, ((rows.at(-1)?.index ?? -1) + 1) * columns)
  const tabStop = active >= first && active < first + shown.length ? active : first
  return (
    // The height is there before the rows are, so that the window can be scrolled at once.
    <div style={{ height: virtualizer.getTotalSize() }} className="relative">
      <ul
        ref={list}
        aria-label={t('Characters')}
        onKeyDown={onKeyDown}
        className="absolute inset-x-0 top-0 grid"
        style={{
          transform: `translateY(${(rows[0]?.start ?? top) - top}px)`,
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridAutoRows: view === 'list' ? listRow : rowHeight - grid.gap,
          gap: view === 'list' ? 0 : grid.gap,
        }}
      >
        {width > 0 &&
          shown.map((entry, place) => (
            <CardTile
              key={entry.id}
              entry={entry}
              view={view}
              index={first + place}
              count={entries.length}
              isSelected={selection.ids.has(entry.id)}
              isSelecting={selection.ids.size > 0}
              isTabStop={first + place === tabStop}
              lastUsed={usedAt.get(entry.id)}
              onSelect={select}
              onFocus={setActive}
            />
          ))}
      </ul>
    </div>
  )
}

/** How wide the list is, and how far from the top of what scrolls. */
function usePlace(list: RefObject<HTMLElement | null>, scroller: HTMLElement | null) {
  const [place, setPlace] = useState({ width: 0, top: 0 })
  useLayoutEffect(() => {
    const box = list.current?.parentElement
    if (!box || !scroller) return
    const measure = () => {
      const top = Math.round(
        box.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      )
      const width = box.clientWidth
      setPlace((before) => (before.width === width && before.top === top ? before : { width, top }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    // What is above the list may grow; then all that scrolls does.
    if (scroller.firstElementChild) observer.observe(scroller.firstElementChild)
    return () => observer.disconnect()
  }, [list, scroller])
  return place
}
