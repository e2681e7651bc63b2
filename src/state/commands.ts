import { useEffect, useId } from 'react'
import { create } from 'zustand'
import { t } from '#lib/translate.ts'

/** What a command is about; the order is that of the list. */
export const commandGroups = ['Reply', 'Chat', 'Reading', 'Go to', 'Page'] as const

export const groupNames: Readonly<Record<(typeof commandGroups)[number], string>> = {
  Reply: t('Reply'),
  Chat: t('Chat'),
  Reading: t('Reading'),
  'Go to': t('Go to'),
  Page: t('Page'),
}

/** Something the reader can do from where they are. The palette, the list of shortcuts and the keys all read this. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: (typeof commandGroups)[number]
  /** In tinykeys' notation (`$mod+k`, `Alt+ArrowLeft`, `g c`). A key without a modifier works outside of text fields. */
  readonly keys?: string
  /** The key belongs to a text field while one has the focus, though it has a modifier. */
  readonly rests?: 'in text fields'
  /** Other words it is looked for by, one after the other. */
  readonly words?: string
  readonly run: () => void
}

interface Commands {
  readonly byOwner: ReadonlyMap<string, readonly Command[]>
}

const useRegistry = create<Commands>(() => ({ byOwner: new Map() }))

/** Offers commands while the component is mounted. Give a list that keeps its identity while it means the same. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId()
  useEffect(() => {
    useRegistry.setState(({ byOwner }) => ({ byOwner: new Map(byOwner).set(owner, commands) }))
    return () =>
      useRegistry.setState(({ byOwner }) => {
        const rest = new Map(byOwner)
        rest.delete(owner)
        return { byOwner: rest }
      })
  }, [owner, commands])
}

/** Every command that can be given now. */
export function useOfferedCommands(): readonly Command[] {
  const byOwner = useRegistry((registry) => registry.byOwner)
  return [...byOwner.values()].flat()
}

/** The same, for whoever handles a key. */
export function offeredCommands(): readonly Command[] {
  return [...useRegistry.getState().byOwner.values()].flat()
}
