import type { TurnId } from '#core/ids.ts'
import { type Layers, useLayout } from '#state/layout.ts'
import { useHoldPlace } from './hold-place.ts'

/**
 * Whether a panel stands open: as the reader left it by hand, else as the three-way switch says. Nothing a stream
 * does moves it.
 */
export function useOpenPanel(
  turnId: TurnId,
  index: number,
  opensWith: readonly Layers[],
): readonly [isOpen: boolean, setOpen: (open: boolean, button: Element) => void] {
  const isOpen = useLayout(({ layers, openByHand }) => openByHand[turnId]?.[index] ?? opensWith.includes(layers))
  const setOpen = useLayout((layout) => layout.setOpen)
  const holdPlace = useHoldPlace()
  return [
    isOpen,
    (open, button) => {
      holdPlace(button)
      setOpen(turnId, index, open)
    },
  ]
}
