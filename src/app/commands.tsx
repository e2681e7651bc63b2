import { Suspense, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '#lib/translate.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { useLastDeletion } from '#state/deletions.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { showToast } from '#ui/toasts.tsx'
import { useShortcuts } from './shortcuts.ts'

const CommandPalette = lazyPart(() => import('./palette.tsx').then((module) => ({ default: module.CommandPalette })))
const ShortcutList = lazyPart(() => import('./shortcut-list.tsx').then((module) => ({ default: module.ShortcutList })))

const places = [
  { href: '/chats', title: t('Chats'), keys: 'g c' },
  { href: '/characters', title: t('Characters'), keys: 'g h' },
  { href: '/lorebooks', title: t('Lorebooks'), keys: 'g l' },
  { href: '/connections', title: t('Connections'), keys: 'g n' },
  { href: '/settings', title: t('Settings'), keys: 'g s' },
  { href: '/personas', title: t('Personas'), keys: 'g p' },
  { href: '/scenes', title: t('Scenes'), keys: 'g e' },
  { href: '/search', title: t('Search everything'), keys: 'g f' },
  { href: '/bin', title: t('Bin'), keys: 'g b' },
] as const

/** The commands that are there on every page, the palette that lists them all, and their keys. */
export function Commands() {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const [, navigate] = useLocation()
  const undoDeletion = useLastDeletion()
  const commands = useMemo<readonly Command[]>(
    () => [
      ...places.map(({ href, title, keys }) => ({
        id: `go:${href}`,
        title,
        group: 'Go to' as const,
        keys,
        run: () => navigate(href),
      })),
      ...(undoDeletion
        ? [
            {
              id: 'undo-deletion',
              title: t('Undo the last deletion'),
              group: 'Page' as const,
              keys: '$mod+z',
              rests: 'in text fields' as const,
              words: t('restore, bring back'),
              run: () => void undoDeletion().then(() => showToast(t('It is back.'))),
            },
          ]
        : []),
      { id: 'palette', title: t('All commands'), group: 'Page', keys: '$mod+k', run: () => setOpen('palette') },
      {
        id: 'shortcuts',
        title: t('Keyboard shortcuts'),
        group: 'Page',
        keys: 'Shift+?',
        run: () => setOpen('shortcuts'),
      },
    ],
    [navigate, undoDeletion],
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
