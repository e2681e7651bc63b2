import { useState } from 'react'
import type { BackupContents } from '#core/backup/backup-contents.ts'
import type { BackupError } from '#core/backup/backup-file.ts'
import { formatNumber, locale, t } from '#lib/translate.ts'
import { useRestore } from '#state/use-restore.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
/** Rows a reader knows by name, in the order they are told of. */
const told = [
  ['conversations', t('Chats')],
  ['turns', t('Turns')],
  ['characters', t('Characters')],
  ['personas', t('Personas')],
  ['lorebooks', t('Lorebooks')],
  ['scenes', t('Scenes')],
  ['files', t('Pictures and card files')],
  ['connections', t('Connections')],
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
    <Dialog title={t('Restore from {file}', { file: file.name })} onClose={onClose}>
      {restoring.phase === 'examining' && <p className="text-soft text-sm">{t('Looking it through…')}</p>}
      {restoring.phase === 'refused' && (
        <p className="text-danger text-sm">
          {describe(restoring.error)} {t('Nothing was written.')}
        </p>
      )}
      {restoring.phase === 'ready' && (
        <>
          <Contents contents={restoring.contents} />
          {hasDiffering(restoring.contents) && (
            <fieldset className="flex flex-col gap-2 text-sm">
              <legend className="mb-1.5 font-medium">{t('What is here and in the backup, and differs')}</legend>
              {(
                [
                  ['ours', t('stays as it is here')],
                  ['theirs', t('becomes as it is in the backup')],
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
            aria-label={t('Restoring')}
            className="w-full accent-accent"
            value={restoring.done}
            max={Math.max(1, restoring.total)}
          />
          <p className="text-soft">
            {t('{done, number} of {total, number}', { done: restoring.done, total: restoring.total })}
          </p>
        </div>
      )}
      {restoring.phase === 'full' && (
        <p className="text-danger text-sm">
          {t(
            'This browser has no room for all of it. What came in is whole and stays; free some disk space and restore the same backup again: it goes on from there.',
          )}
        </p>
      )}
      {restoring.phase === 'done' && (
        <p role="status" className="text-sm">
          {isUndone
            ? t('Undone: everything is as it was before.')
            : t('{added, number} added, {replaced, number} replaced.', {
                added: restoring.restored.added,
                replaced: restoring.restored.replaced,
              })}{' '}
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
            {t('Undo')}
          </Button>
        )}
        {restoring.phase === 'ready' ? (
          <>
            <Button onClick={onClose}>{t('Cancel')}</Button>
            <Button look="primary" onClick={() => void restore(differing)}>
              {t('Restore')}
            </Button>
          </>
        ) : (
          restoring.phase !== 'restoring' && (
            <Button look={restoring.phase === 'done' ? 'primary' : 'plain'} onClick={onClose}>
              {t('Close')}
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
      <p className="text-soft text-sm">
        {t('Saved on {date}. Nothing is written yet.', { date: dates.format(head.createdAt) })}
      </p>
      <table className="w-full text-sm tabular-nums [&_td]:py-1 [&_th]:py-1 [&_th]:font-normal">
        <thead className="text-faint">
          <tr className="border-line border-b">
            <th scope="col" className="text-start">
              {t('In the backup')}
            </th>
            <th scope="col" className="text-end">
              {t('New')}
            </th>
            <th scope="col" className="text-end">
              {t('The same here')}
            </th>
            <th scope="col" className="text-end">
              {t('Differ')}
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
            {t(
              '{count, plural, one {One line of it can’t be read and would be left out:} other {# lines of it can’t be read and would be left out:}}',
              { count: unreadable },
            )}
          </p>
          <ul className="list-disc ps-5">
            {examples.map(({ line, why }) => (
              <li key={line}>{t('Line {line, number} {why}.', { line, why })}</li>
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
      return t('This file is no backup of Subtext. A backup is called {name}.', { name: 'subtext-backup-….jsonl.gz' })
    case 'newer':
      return t(
        'This backup was made by a newer Subtext than this one. Load the page again to get the newest, then try again.',
      )
    case 'cut':
      return t(
        'This backup is not whole: it ends before its end, or is damaged. It may not have been saved or copied to its end.',
      )
  }
}
