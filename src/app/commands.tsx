import { lazy, Suspense, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { type Command, useCommands } from '#state/commands.ts'
import { type Layers, useLayout } from '#state/layout.ts'
import { useShortcuts } from './shortcuts.ts'

const CommandPalette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.CommandPalette })))
const ShortcutList = lazy(() => import('./shortcut-list.tsx').then((module) => ({ default: module.ShortcutList })))

const places = [
  { href: '/chats', title: 'Chats', keys: 'g c' },
  { href: '/characters', title: 'Characters', keys: 'g h' },
  { href: '/connections', title: 'Connections', keys: 'g n' },
  { href: '/settings', title: 'Settings', keys: 'g s' },
] as const

const depths: readonly { readonly value: Layers; readonly title: string; readonly keys: string }[] = [
  { value: 'words', title: 'Show words only', keys: 'Alt+1' },
  { value: 'thoughts', title: 'Show thoughts too', keys: 'Alt+2' },
  { value: 'planning', title: 'Show thoughts and planning', keys: 'Alt+3' },
]

/** The commands that are there on every page, the palette that lists them all, and their keys. */
export function Commands() {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const [, navigate] = useLocation()
  const setLayers = useLayout((layout) => layout.setLayers)
  const commands = useMemo<readonly Command[]>(
    () => [
      ...places.map(({ href, title, keys }) => ({
        id: `go:${href}`,
        title,
        group: 'Go to' as const,
        keys,
        run: () => navigate(href),
      })),
      ...depths.map(({ value, title, keys }) => ({
        id: `layers:${value}`,
        title,
        group: 'Reading' as const,
        keys,
        run: () => setLayers(value),
      })),
      { id: 'palette', title: 'All commands', group: 'Page', keys: '$mod+k', run: () => setOpen('palette') },
      { id: 'shortcuts', title: 'Keyboard shortcuts', group: 'Page', keys: 'Shift+?', run: () => setOpen('shortcuts') },
    ],
    [navigate, setLayers],
  )
  useCommands(commands)
  useShortcuts()
  const close = () => setOpen(undefined)
  return (
    <Suspense>
      {open === 'palette' && <CommandPalette onClose={close} />}
      {open === 'shortcuts' && <ShortcutList onClose={close} />}
    </Suspense>
  )
}
