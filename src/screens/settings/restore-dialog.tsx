import { useState } from 'react'
import type { BackupContents } from '#core/backup/backup-contents.ts'
import type { BackupError } from '#core/backup/backup-file.ts'
import { formatNumber, locale } from '#lib/translate.ts'
import { useRestore } from '#state/use-restore.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
/** Rows a reader knows by name, in the order they are told of. */
const told = [
  ['conversations', 'Chats'],
  ['turns', 'Turns'],
  ['characters', 'Characters'],
  ['personas', 'Personas'],
  ['lorebooks', 'Lorebooks'],
  ['scenes', 'Scenes'],
  ['files', 'Pictures and card files'],
  ['connections', 'Connections'],
] as const

interface Props {
  readonly file: File
  readonly onClose: () => void
}

/** What a backup would bring, before anything is written; then how far it is, and what it brought. */
export function RestoreDialog({ file, onClose }: Props) {
  const { restoring, restore } = useRestore(file)
  const [differing, setDiffering] = useState<'ours' | 'theirs'>('ours')
  const [isUndone, setUndone] = useState(false)
  return (
    <Dialog title={`Restore from ${file.name}`} onClose={onClose}>
      {restoring.phase === 'examining' && <p className="text-soft text-sm">Looking it through…</p>}
      {restoring.phase === 'refused' && (
        <p className="text-danger text-sm">{describe(restoring.error)} Nothing was written.</p>
      )}
      {restoring.phase === 'ready' && (
        <>
          <Contents contents={restoring.contents} />
          {hasDiffering(restoring.contents) && (
            <fieldset className="flex flex-col gap-2 text-sm">
              <legend className="mb-1.5 font-medium">What is here and in the backup, and differs</legend>
              {(
                [
                  ['ours', 'stays as it is here'],
                  ['theirs', 'becomes as it is in the backup'],
                ] as const
              ).map(([value, label]) => (
                <label key={value} className="flex items-center gap-2.5">
                  <input
                    type="radio"
                    name="differing"
                    className="accent-accent"
                    checked={differing === value}
                    onChange={() => setDiffering(value)}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          )}
        </>
      )}
      {restoring.phase === 'restoring' && (
        <div className="flex flex-col gap-2 text-sm">
          <progress
            aria-label="Restoring"
            className="w-full accent-accent"
            value={restoring.done}
            max={Math.max(1, restoring.total)}
          />
          <p className="text-soft">
            {formatNumber(restoring.done)} of {formatNumber(restoring.total)}
          </p>
        </div>
      )}
      {restoring.phase === 'full' && (
        <p className="text-danger text-sm">
          This browser has no room for all of it. What came in is whole and stays; free some disk space and restore the
          same backup again: it goes on from there.
        </p>
      )}
      {restoring.phase === 'done' && (
        <p role="status" className="text-sm">
          {isUndone
            ? 'Undone: everything is as it was before.'
            : `${formatNumber(restoring.restored.added)} added, ${formatNumber(restoring.restored.replaced)} replaced.`}{' '}
          {restoring.restored.failure && describe(restoring.restored.failure)}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {restoring.phase === 'done' && !isUndone && (
          <Button
            onClick={() => {
              setUndone(true)
              void restoring.restored.undo()
            }}
          >
            Undo
          </Button>
        )}
        {restoring.phase === 'ready' ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" onClick={() => void restore(differing)}>
              Restore
            </Button>
          </>
        ) : (
          restoring.phase !== 'restoring' && (
            <Button look={restoring.phase === 'done' ? 'primary' : 'plain'} onClick={onClose}>
              Close
            </Button>
          )
        )}
      </div>
    </Dialog>
  )
}

function Contents({ contents: { head, shares, unreadable, examples } }: { readonly contents: BackupContents }) {
  return (
    <>
      <p className="text-soft text-sm">Saved on {dates.format(head.createdAt)}. Nothing is written yet.</p>
      <table className="w-full text-sm tabular-nums [&_td]:py-1 [&_th]:py-1 [&_th]:font-normal">
        <thead className="text-faint">
          <tr className="border-line border-b">
            <th scope="col" className="text-start">
              In the backup
            </th>
            <th scope="col" className="text-end">
              New
            </th>
            <th scope="col" className="text-end">
              The same here
            </th>
            <th scope="col" className="text-end">
              Differ
            </th>
          </tr>
        </thead>
        <tbody>
          {told.map(([table, label]) => {
            const share = shares[table]
            if (!share) return null
            return (
              <tr key={table}>
                <th scope="row" className="text-start">
                  {label}
                </th>
                <td className="text-end">{formatNumber(share.added)}</td>
                <td className="text-end">{formatNumber(share.same)}</td>
                <td className="text-end">{formatNumber(share.differing)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {unreadable > 0 && (
        <div className="text-danger text-sm">
          <p>
            {unreadable === 1 ? 'One line' : `${formatNumber(unreadable)} lines`} of it can’t be read and would be left
            out:
          </p>
          <ul className="list-disc ps-5">
            {examples.map(({ line, why }) => (
              <li key={line}>
                Line {formatNumber(line)} {why}.
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function hasDiffering({ shares }: BackupContents): boolean {
  return Object.values(shares).some(({ differing }) => differing > 0)
}

function describe(error: BackupError): string {
  switch (error.kind) {
    case 'not-a-backup':
      return 'This file is no backup of Subtext. A backup is called subtext-backup-….jsonl.gz.'
    case 'newer':
      return 'This backup was made by a newer Subtext than this one. Load the page again to get the newest, then try again.'
    case 'cut':
      return 'This backup is not whole: it ends before its end, or is damaged. It may not have been saved or copied to its end.'
  }
}
