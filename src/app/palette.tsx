import { Command as Palette } from 'cmdk'
import { useEffect, useRef } from 'react'
import { commandGroups, useOfferedCommands } from '#state/commands.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Keys } from '#ui/keys.tsx'

interface Props {
  readonly onClose: () => void
}

/** Everything that can be done from here, by name. */
export function CommandPalette({ onClose }: Props) {
  const commands = useOfferedCommands()
  const input = useRef<HTMLInputElement>(null)
  // After the dialog has opened and put the focus on the first thing in it.
  useEffect(() => input.current?.focus(), [])
  return (
    <Dialog title="Commands" onClose={onClose}>
      <Palette label="Commands" loop className="flex flex-col gap-3 outline-none">
        <Palette.Input
          ref={input}
          placeholder="What do you want to do?"
          className="min-h-11 w-full rounded-xl border border-line bg-raised px-4 placeholder:text-faint"
        />
        <Palette.List label="Commands" className="max-h-[50dvh] overflow-y-auto">
          <Palette.Empty className="p-4 text-center text-soft text-sm">Nothing here is called that.</Palette.Empty>
          {commandGroups.map((group) => {
            const members = commands.filter((command) => command.group === group)
            return (
              members.length > 0 && (
                <Palette.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
                >
                  {members.map((command) => (
                    <Palette.Item
                      key={command.id}
                      value={command.title}
                      keywords={[...(command.words ?? [])]}
                      onSelect={() => {
                        onClose()
                        command.run()
                      }}
                      className="flex min-h-10 cursor-pointer items-center justify-between gap-4 rounded-lg px-3 text-sm data-[selected=true]:bg-sunken"
                    >
                      {command.title}
                      {command.keys && <Keys keys={command.keys} />}
                    </Palette.Item>
                  ))}
                </Palette.Group>
              )
            )
          })}
        </Palette.List>
      </Palette>
    </Dialog>
  )
}
