import type { ReactNode } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply } from '#core/her/segment.ts'
import { useServices } from '#state/services.tsx'
import { Menu, MenuItem } from '#ui/menu.tsx'
import { showToast } from '#ui/toasts.tsx'
import { branchHere } from './branch-here.ts'
import { type Keeping, keptParts } from './keep-layers.ts'
import { useReadingRules } from './reading-rules.ts'
import { speechOf } from './speech-of.ts'
import { openTurnDialog } from './turn-dialogs.tsx'

const keepings: readonly { readonly keeping: Keeping; readonly label: string }[] = [
  { keeping: 'plan', label: 'Again, same plan' },
  { keeping: 'plan-and-thoughts', label: 'Again, same plan and thoughts' },
]

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly trigger: ReactNode
  readonly onRemove: () => void
}

/** The rest of what can be done with a turn. Loaded when it is first wanted, and open at once. */
export function TurnMenu({ turn, reply, trigger, onRemove }: Props) {
  const services = useServices()
  const { chat, storyTree } = services
  const { seals } = useReadingRules()
  const { conversationId, id, bookmarked } = turn
  const canRetake = turn.speaker.kind === 'character' && turn.parentId !== null
  return (
    <Menu trigger={trigger}>
      {canRetake &&
        keepings.map(({ keeping, label }) => {
          const kept = keptParts(reply, keeping)
          return (
            <MenuItem
              key={keeping}
              disabled={kept.length === 0}
              onSelect={() => void chat.retake(turn.conversationId, turn.id, kept)}
            >
              {label}
            </MenuItem>
          )
        })}
      <MenuItem onSelect={() => void branchHere(services, turn)}>Branch from here</MenuItem>
      <MenuItem onSelect={() => openTurnDialog('name', id)}>
        {turn.name ? 'Rename this turn' : 'Name this turn'}
      </MenuItem>
      <MenuItem onSelect={() => void storyTree.bookmark(conversationId, id, !bookmarked)}>
        {bookmarked ? 'Take the bookmark out' : 'Bookmark'}
      </MenuItem>
      <MenuItem onSelect={() => void copy(speechOf(reply))}>Copy what is said</MenuItem>
      {!seals && <MenuItem onSelect={() => void copy(turn.raw)}>Copy everything, as written</MenuItem>}
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
