import type { ReactNode } from 'react'
import type { Command } from '#state/commands.ts'
import { Keys } from '#ui/keys.tsx'
import { Menu, MenuItem } from '#ui/menu.tsx'

interface Props {
  readonly commands: readonly Command[]
  readonly trigger: ReactNode
}

/** The commands about the chat, from the table that the palette reads. */
export function ChatMenuItems({ commands, trigger }: Props) {
  return (
    <Menu trigger={trigger}>
      {commands.map(({ id, title, keys, run }) => (
        <MenuItem key={id} onSelect={run}>
          <span className="me-auto pe-6">{title}</span>
          {keys && <Keys keys={keys} />}
        </MenuItem>
      ))}
    </Menu>
  )
}
