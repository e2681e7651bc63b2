import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { type Command, offeredCommands, useOfferedCommands } from '#state/commands.ts'

/** Gives every offered command its keys. A command's keys rest while a dialog is open: the dialog has keys of its own. */
export function useShortcuts(): void {
  const keys = useOfferedCommands()
    .flatMap((command) => command.keys ?? [])
    .sort()
    .join('\n')
  useEffect(() => {
    const bindings = new Set(keys === '' ? [] : keys.split('\n'))
    return tinykeys(
      window,
      Object.fromEntries(
        [...bindings].map((binding) => [
          binding,
          (event: KeyboardEvent) => {
            const command = offeredCommands().findLast((one) => one.keys === binding)
            if (!command || event.defaultPrevented || !isMeant(command, event)) return
            event.preventDefault()
            command.run()
          },
        ]),
      ),
    )
  }, [keys])
}

function isMeant(command: Command, event: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open], [role=menu]')) return false
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
  return !isTyping || (command.rests === undefined && /\$mod|Alt|Control|Meta|F\d/.test(command.keys ?? ''))
}
