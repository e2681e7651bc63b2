import { isSealed } from '#core/conversation/seals.ts'
import type { Segment } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import type { Layers } from '#state/layers.ts'
import { useLayout } from '#state/layout.ts'
import { useFind } from './find-state.ts'
import { useHoldPlace } from './hold-place.ts'
import { useReadingRules } from './reading-rules.ts'

/** Whether a panel is sealed, stands open, or is closed. */
type PanelState = 'sealed' | 'open' | 'closed'

/**
 * How a panel stands: sealed where the chat is played sealed, open while what the reader looks for is found in it, else as
 * they left it by hand, else as the three-way switch says. Nothing a stream does moves it.
 */
export function usePanelState(
  turnId: TurnId,
  segment: Segment | undefined,
  index: number,
  opensWith: readonly Layers[],
): PanelState {
  const { layers, seals } = useReadingRules()
  const byHand = useLayout(({ openByHand }) => openByHand[turnId]?.[index])
  const isFound = useFind(({ current }) => current?.turnId === turnId && current.segment === index)
  if (segment && isSealed(seals, turnId, segment, index)) return 'sealed'
  return isFound || (byHand ?? opensWith.includes(layers)) ? 'open' : 'closed'
}

/** The same for the panel itself, with the hand that moves it. */
export function useOpenPanel(
  turnId: TurnId,
  segment: Segment,
  index: number,
  opensWith: readonly Layers[],
): readonly [state: PanelState, setOpen: (open: boolean, button: Element) => void] {
  const state = usePanelState(turnId, segment, index, opensWith)
  const setOpen = useLayout((layout) => layout.setOpen)
  const holdPlace = useHoldPlace()
  return [
    state,
    (open, button) => {
      holdPlace(button)
      setOpen(turnId, index, open)
    },
  ]
}
