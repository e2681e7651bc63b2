import { t } from '#lib/translate.ts'
import { commandGroups, groupNames, useOfferedCommands } from '#state/commands.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Keys } from '#ui/keys.tsx'

/** The keys of every command that has some, from the same table the palette reads. */
export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  const commands = useOfferedCommands().filter((command) => command.keys !== undefined)
  return (
    <Dialog title={t('Keyboard shortcuts')} onClose={onClose}>
      <div className="flex flex-col gap-5">
        {commandGroups.map((group) => {
          const members = commands.filter((command) => command.group === group)
          return (
            members.length > 0 && (
              <section key={group} className="flex flex-col gap-1.5">
                <h3 className="text-faint text-xs">{groupNames[group]}</h3>
                <ul>
                  {members.map((command) => (
                    <li key={command.id} className="flex min-h-9 items-center justify-between gap-4 text-sm">
                      {command.title}
                      {command.keys && <Keys keys={command.keys} />}
                    </li>
                  ))}
                </ul>
              </section>
            )
          )
        })}
      </div>
    </Dialog>
  )
}
