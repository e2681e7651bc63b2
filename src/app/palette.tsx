import { defaultFilter, Command as Palette } from 'cmdk'
import { useEffect, useRef, useState } from 'react'
import { t } from '#lib/translate.ts'
import { type Command, commandGroups, groupNames, useOfferedCommands } from '#state/commands.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Keys } from '#ui/keys.tsx'

interface Props {
  readonly onClose: () => void
}

/** Everything that can be done from here, by name. */
export function CommandPalette({ onClose }: Props) {
  const commands = useOfferedCommands()
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  // After the dialog has opened and put the focus on the first thing in it.
  useEffect(() => input.current?.focus(), [])
  const run = (command: Command) => {
    onClose()
    command.run()
  }
  return (
    <Dialog title={t('Commands')} onClose={onClose}>
      {/* The palette's own filter leaves groups where they are, however little of them fits. */}
      <Palette label={t('Commands')} loop shouldFilter={false} className="flex flex-col gap-3 outline-none">
        <Palette.Input
          ref={input}
          value={typed}
          onValueChange={setTyped}
          placeholder={t('What do you want to do?')}
          className="min-h-11 w-full rounded-xl border border-line bg-raised px-4 placeholder:text-faint"
        />
        <Palette.List label={t('Commands')} className="max-h-[50dvh] overflow-y-auto">
          <Palette.Empty className="p-4 text-center text-soft text-sm">
            {t('Nothing here is called that.')}
          </Palette.Empty>
          {typed.trim() === ''
            ? commandGroups.map((group) => {
                const members = commands.filter((command) => command.group === group)
                return (
                  members.length > 0 && (
                    <Palette.Group
                      key={group}
                      heading={groupNames[group]}
                      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
                    >
                      {members.map((command) => (
                        <CommandItem key={command.id} command={command} onRun={run} />
                      ))}
                    </Palette.Group>
                  )
                )
              })
            : found(commands, typed).map((command) => <CommandItem key={command.id} command={command} onRun={run} />)}
        </Palette.List>
      </Palette>
    </Dialog>
  )
}

interface ItemProps {
  readonly command: Command
  readonly onRun: (command: Command) => void
}

function CommandItem({ command, onRun }: ItemProps) {
  return (
    <Palette.Item
      value={command.title}
      onSelect={() => onRun(command)}
      className="flex min-h-10 cursor-pointer items-center justify-between gap-4 rounded-lg px-3 text-sm data-[selected=true]:bg-sunken"
    >
      {command.title}
      {command.keys && <Keys keys={command.keys} />}
    </Palette.Item>
  )
}

function found(commands: readonly Command[], typed: string): Command[] {
  return commands
    .map((command) => ({ command, rank: rank(command, typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ command }) => command)
}

/** How well a command is what was typed, from 0 to 1: words that begin as typed come before letters found here and there. */
function rank({ title, words = '' }: Command, typed: string): number {
  const sought = wordsOf(typed)
  const begin = (texts: readonly string[]) => {
    const known = texts.flatMap(wordsOf)
    return sought.every((one) => known.some((word) => word.startsWith(one)))
  }
  if (title.toLowerCase().startsWith(typed.trim().toLowerCase())) return 1
  if (begin([title])) return 0.9
  if (begin([title, words])) return 0.8
  return 0.5 * defaultFilter(title, typed, [words])
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
