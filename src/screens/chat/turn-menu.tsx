import type { ReactNode } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply } from '#core/her/segment.ts'
import { Menu, MenuItem } from '#ui/menu.tsx'
import { showToast } from '#ui/toasts.tsx'
import { speechOf } from './speech-of.ts'

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly trigger: ReactNode
  readonly onRemove: () => void
}

/** The rest of what can be done with a turn. Loaded when it is first wanted, and open at once. */
export function TurnMenu({ turn, reply, trigger, onRemove }: Props) {
  return (
    <Menu trigger={trigger}>
      <MenuItem onSelect={() => void copy(speechOf(reply))}>Copy what is said</MenuItem>
      <MenuItem onSelect={() => void copy(turn.raw)}>Copy everything, as written</MenuItem>
      <MenuItem onSelect={onRemove}>Delete</MenuItem>
    </Menu>
  )
}

async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text)
    showToast('Copied.')
  } catch {
    // Absent on plain-http origins, or refused by the reader.
    showToast('This browser did not let the page copy. Select the text and copy it by hand.', { tone: 'danger' })
  }
}
