import { Link } from 'wouter'
import { type ImportOutcome, useImportReport } from '#state/import-cards.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

/** What an import did, where there is something to say: more than one file, a refusal, or a repair. */
export function ImportReport() {
  const { outcomes } = useImportReport()
  const isPlain = outcomes.length < 2 && outcomes.every((outcome) => outcome.notes.length === 0)
  if (isPlain) return null
  const close = () => useImportReport.setState({ outcomes: [] })
  const imported = outcomes.filter((outcome) => addressOf(outcome)).length
  return (
    <Dialog
      title={imported === outcomes.length ? 'Imported' : `${imported} of ${outcomes.length} imported`}
      onClose={close}
    >
      <ul className="flex max-h-[60dvh] flex-col gap-3 overflow-y-auto text-sm">
        {outcomes.map((outcome, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <Outcome key={index} outcome={outcome} onClose={close} />
        ))}
      </ul>
      <div className="flex justify-end">
        <Button look="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Dialog>
  )
}

function Outcome({ outcome, onClose }: { readonly outcome: ImportOutcome; readonly onClose: () => void }) {
  const address = addressOf(outcome)
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{outcome.fileName}</span>
        {address ? (
          <Link href={address} onClick={onClose} className="text-accent underline">
            Open
          </Link>
        ) : (
          <span className="text-danger">not imported</span>
        )}
      </p>
      {outcome.notes.map((note) => (
        <p key={note} className="text-soft">
          {note}
        </p>
      ))}
    </li>
  )
}

/** Where what was imported can be seen. */
function addressOf({ characterId, conversationId, lorebookId }: ImportOutcome): string | undefined {
  if (conversationId) return `/chat/${conversationId}`
  if (lorebookId) return `/lorebooks/${lorebookId}`
  return characterId && `/characters/${characterId}`
}
