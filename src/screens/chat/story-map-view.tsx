import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { MapNode, StoryMap } from '#core/conversation/story-map.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { nextNode } from './walk-map.ts'

/** Sizes in pixels: a lane and a row with the gaps beside and between them, and the node in it. */
const laneWidth = 148
const rowHeight = 56
const nodeWidth = 128
const nodeHeight = 36
const margin = 12

/** As many characters as fit into a node. */
const labelLength = 13

/** Rows and lanes that are drawn beyond those in the window. */
const beyond = 4

interface Props {
  readonly map: StoryMap
  /** Index of the node that is chosen. */
  readonly chosen: number
  readonly turnOf: (id: TurnId | undefined) => Turn | undefined
  readonly wordsOf: (turn: Turn) => string
  readonly labelOf: (speaker: Turn['speaker']) => string
  readonly onChoose: (index: number) => void
  readonly onGo: (index: number) => void
}

/** The picture itself. Only what is near the window is drawn, so that a story of any length is. */
export function StoryMapView({ map, chosen, turnOf, wordsOf, labelOf, onChoose, onGo }: Props) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => nodesByRow(map), [map])
  const [area, setArea] = useState({ row: 0, rows: 0, lane: 0, lanes: 0 })

  function look() {
    const window = scroller.current
    if (!window) return
    const row = Math.max(0, Math.floor(window.scrollTop / rowHeight) - beyond)
    const lane = Math.max(0, Math.floor(window.scrollLeft / laneWidth) - beyond)
    const size = {
      row,
      lane,
      rows: Math.ceil(window.clientHeight / rowHeight) + 2 * beyond,
      lanes: Math.ceil(window.clientWidth / laneWidth) + 2 * beyond,
    }
    setArea((before) => (isSameArea(before, size) ? before : size))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolled to when another node is chosen, or there is another size
  useEffect(() => {
    const node = map.nodes[chosen]
    const window = scroller.current
    if (!node || !window) return
    // The dialog has no size before it is open.
    const observer = new ResizeObserver(() => {
      reveal(window, node)
      look()
    })
    observer.observe(window)
    return () => observer.disconnect()
  }, [map, chosen])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') onGo(chosen)
    else {
      const next = nextNode(map, rows, chosen, event.key)
      if (next === undefined) return
      onChoose(next)
    }
    event.preventDefault()
  }

  const drawn = visibleNodes(map, rows, area)
  const edges = visibleEdges(map, rows, area)
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={t('Takes and branches')}
      aria-activedescendant={map.nodes[chosen] && `${id}-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={look}
      className="relative h-[min(60dvh,36rem)] overflow-auto rounded-xl border border-line bg-sunken"
    >
      <div style={{ width: 2 * margin + map.lanes * laneWidth, height: 2 * margin + map.rows * rowHeight }}>
        <svg
          role="none"
          className="absolute"
          style={{ left: area.lane * laneWidth, top: area.row * rowHeight }}
          width={(area.lanes + 1) * laneWidth}
          height={(area.rows + 1) * rowHeight}
          viewBox={`${area.lane * laneWidth} ${area.row * rowHeight} ${(area.lanes + 1) * laneWidth} ${(area.rows + 1) * rowHeight}`}
        >
          {edges.map(([parent, child]) => (
            <path
              key={`${parent.row}-${parent.lane}-${child.lane}`}
              d={edgePath(parent, child)}
              fill="none"
              stroke={child.isOnPath ? 'var(--accent)' : 'var(--faint)'}
              strokeWidth={child.isOnPath ? 2.5 : 1.25}
            />
          ))}
          {drawn.map((index) => {
            const node = map.nodes[index]
            const turn = turnOf(node?.turns.at(-1))
            if (!node || !turn) return null
            return (
              <NodeView
                key={index}
                id={`${id}-${index}`}
                {...{ node, turn }}
                words={turn.name ?? wordsOf(turn)}
                speaker={labelOf(turn.speaker)}
                isChosen={index === chosen}
                onChoose={() => onChoose(index)}
                onGo={() => onGo(index)}
              />
            )
          })}
        </svg>
      </div>
    </div>
  )
}

/** Scrolls a node into the window, to its middle, unless it is in it. */
function reveal(window: HTMLElement, node: MapNode): void {
  const left = margin + node.lane * laneWidth
  const top = margin + node.row * rowHeight
  if (left < window.scrollLeft || left + laneWidth > window.scrollLeft + window.clientWidth) {
    window.scrollLeft = left - (window.clientWidth - nodeWidth) / 2
  }
  if (top < window.scrollTop || top + rowHeight > window.scrollTop + window.clientHeight) {
    window.scrollTop = top - (window.clientHeight - nodeHeight) / 2
  }
}

interface NodeProps {
  readonly id: string
  readonly node: MapNode
  readonly turn: Turn
  readonly words: string
  readonly speaker: string
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onGo: () => void
}

const speakerColours: Readonly<Record<Turn['speaker']['kind'], string>> = {
  character: 'var(--accent)',
  user: 'var(--ink)',
  environment: 'var(--faint)',
}

function NodeView({ id, node, turn, words, speaker, isChosen, onChoose, onGo }: NodeProps) {
  const count = node.turns.length
  const label = words.length > labelLength ? `${words.slice(0, labelLength - 1).trimEnd()}…` : words
  const about = [
    `${speaker}: ${words.slice(0, 200)}`,
    count > 1 && t('{count, plural, one {# turn} other {# turns}}', { count }),
    turn.bookmarked && t('bookmarked'),
    node.isOnPath && t('read now'),
  ]
  return (
    <g
      id={id}
      role="treeitem"
      aria-level={node.row + 1}
      aria-selected={isChosen}
      aria-label={about.filter(Boolean).join(', ')}
      transform={`translate(${margin + node.lane * laneWidth} ${margin + node.row * rowHeight})`}
      onClick={onChoose}
      onDoubleClick={onGo}
      className="cursor-pointer text-xs"
    >
      <title>{words.slice(0, 400)}</title>
      <rect
        width={nodeWidth}
        height={nodeHeight}
        rx="10"
        fill={node.isOnPath ? 'var(--accent-wash)' : 'var(--raised)'}
        stroke={isChosen ? 'var(--accent)' : 'var(--line)'}
        strokeWidth={isChosen ? 2.5 : 1}
      />
      <rect x="6" y="9" width="3" height={nodeHeight - 18} rx="1.5" fill={speakerColours[turn.speaker.kind]} />
      <text x="15" y={nodeHeight / 2 + 4} fill="var(--ink)" fontWeight={turn.name ? 600 : 400}>
        {label}
      </text>
      {turn.bookmarked && <path d="M112 0h8v11l-4-3-4 3z" fill="var(--accent)" />}
      {count > 1 && (
        <text x={nodeWidth - 7} y={nodeHeight / 2 + 4} textAnchor="end" fontSize="10" fill="var(--faint)">
          {count}
        </text>
      )}
    </g>
  )
}

interface Area {
  readonly row: number
  readonly rows: number
  readonly lane: number
  readonly lanes: number
}

function isSameArea(one: Area, other: Area): boolean {
  return one.row === other.row && one.lane === other.lane && one.rows === other.rows && one.lanes === other.lanes
}

/** Indexes of the nodes of each row, from the left. */
function nodesByRow(map: StoryMap): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: map.rows }, () => [])
  for (const [index, node] of map.nodes.entries()) rows[node.row]?.push(index)
  const laneOf = (index: number) => map.nodes[index]?.lane ?? 0
  for (const row of rows) row.sort((one, other) => laneOf(one) - laneOf(other))
  return rows
}

function visibleNodes(map: StoryMap, rows: readonly (readonly number[])[], area: Area): number[] {
  return rows.slice(area.row, area.row + area.rows).flatMap((row) =>
    row.filter((index) => {
      const lane = map.nodes[index]?.lane ?? 0
      return lane >= area.lane && lane < area.lane + area.lanes
    }),
  )
}

type Edge = readonly [parent: MapNode, child: MapNode]

/** The lines that are seen: to each node in the window, and of those that pass through it the longest from each fork. */
function visibleEdges(map: StoryMap, rows: readonly (readonly number[])[], area: Area): Edge[] {
  const end = area.lane + area.lanes
  const edges: Edge[] = []
  for (const row of rows.slice(area.row, area.row + area.rows + 1)) {
    const passing = new Map<number, Edge>()
    for (const index of row) {
      const child = map.nodes[index]
      const parent = child && child.parent !== null ? map.nodes[child.parent] : undefined
      if (!child || !parent || child.parent === null) continue
      if (child.lane >= area.lane && child.lane < end) edges.push([parent, child])
      // Nodes of a row come from the left: the last one kept is the farthest.
      else if (child.lane >= end && parent.lane < end) passing.set(child.parent, [parent, child])
    }
    edges.push(...passing.values())
  }
  // What is read now is drawn last, over the others.
  return edges.sort(([, one], [, other]) => Number(one.isOnPath) - Number(other.isOnPath))
}

/** Straight down in its own lane; else down, across, and down again in the gap between the rows. */
function edgePath(parent: MapNode, child: MapNode): string {
  const x = (node: MapNode) => margin + node.lane * laneWidth + nodeWidth / 2
  const top = margin + parent.row * rowHeight + nodeHeight
  const bottom = margin + child.row * rowHeight
  if (parent.lane === child.lane) return `M${x(parent)} ${top}V${bottom}`
  const middle = (top + bottom) / 2
  return `M${x(parent)} ${top}V${middle}H${x(child)}V${bottom}`
}
