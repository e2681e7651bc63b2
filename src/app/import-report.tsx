import { useState } from 'react'
import { Link } from 'wouter'
import { formatNumber, t } from '#lib/translate.ts'
import { closeImportReport, type ImportOutcome, useImportRun } from '#state/import-run.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

/** No list of files is read further; how many more there are is said. */
const mostLines = 200

/** What an import did. Of what simply came in, only few are listed. */
export function ImportReport() {
  const { outcomes, unread, undoUpdates } = useImportRun()
  const [isUndone, setUndone] = useState(false)
  const groups = groupOutcomes(outcomes)
  const isIn = ({ status }: ImportOutcome) => status === 'imported' || status === 'updated'
  const imported = outcomes.filter(isIn).length
  const isWhole = imported === outcomes.length && unread === 0

  async function undo() {
    await undoUpdates?.()
    setUndone(true)
  }

  return (
    <Dialog
      title={
        isWhole
          ? t('Imported')
          : t('{imported, number} of {count, number} imported', { imported, count: outcomes.length + unread })
      }
      onClose={closeImportReport}
    >
      {unread > 0 && (
        <p className="text-sm text-soft">
          {t(
            'You called it off: {unread, plural, one {one file was} other {# files were}} not read. What came in before stays.',
            { unread },
          )}
        </p>
      )}
      <div className="flex max-h-[60dvh] flex-col gap-5 overflow-y-auto text-sm">
        {groups.map(
          ({ title, members }) =>
            members.length > 0 && (
              <section key={title} className="flex flex-col gap-1.5">
                {outcomes.length > 1 && (
                  <h3 className="text-faint text-xs">
                    {title} · {formatNumber(members.length)}
                  </h3>
                )}
                <ul className="flex flex-col gap-2">
                  {members.slice(0, mostLines).map((outcome, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
                    <Outcome key={index} outcome={outcome} />
                  ))}
                </ul>
                {members.length > mostLines && (
                  <p className="text-faint">
                    {t('And {count, plural, one {# more} other {# more}}.', { count: members.length - mostLines })}
                  </p>
                )}
              </section>
            ),
        )}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2">
        {undoUpdates && (
          <Button className="me-auto" disabled={isUndone} onClick={() => void undo()}>
            {isUndone ? t('The updates are undone') : t('Undo the updates')}
          </Button>
        )}
        <Button look="primary" onClick={closeImportReport}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  )
}

/** What went wrong first. */
function groupOutcomes(outcomes: readonly ImportOutcome[]) {
  const having = (status: ImportOutcome['status'], isNoted?: boolean) =>
    outcomes.filter((one) => one.status === status && (isNoted === undefined || isNoted === one.notes.length > 0))
  return [
    { title: t('Not imported'), members: having('failed') },
    { title: t('Imported, with repairs'), members: having('imported', true) },
    { title: t('Updated'), members: having('updated') },
    { title: t('Skipped: another card has this name'), members: having('skipped') },
    { title: t('In the library already'), members: having('known') },
    { title: t('Imported'), members: having('imported', false) },
  ]
}

const marks: Readonly<Partial<Record<ImportOutcome['status'], string>>> = {
  failed: 'not imported',
  known: 'is in the library already',
  skipped: 'skipped: another card has this name',
  updated: 'updated',
}

function Outcome({ outcome }: { readonly outcome: ImportOutcome }) {
  const { fileName, status, notes } = outcome
  const address = addressOf(outcome)
  const mark = marks[status]
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{fileName}</span>
        {mark && <span className={status === 'failed' ? 'text-danger' : 'text-soft'}>{mark}</span>}
        {address && (
          <Link href={address} onClick={closeImportReport} className="text-accent underline">
            {t('Open')}
          </Link>
        )}
      </p>
      {notes.map((note) => (
        <p key={note} className="text-soft">
          {note}
        </p>
      ))}
    </li>
  )
}

/** Where what was imported can be seen. */
function addressOf({ characterId, conversationId, lorebookId, sceneId }: ImportOutcome): string | undefined {
  if (conversationId) return `/chat/${conversationId}`
  if (sceneId) return `/scenes/${sceneId}`
  if (lorebookId) return `/lorebooks/${lorebookId}`
  return characterId && `/characters/${characterId}`
}
