import { useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { CardVersion } from '#core/cards/card-history.ts'
import { compareCards } from '#core/cards/compare-cards.ts'
import { locale, t } from '#lib/translate.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useCardHistory, useStudio } from '#state/studio.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { Group } from './group.tsx'
import { KeepVersionDialog } from './keep-version-dialog.tsx'
import { NameVersionDialog } from './name-version-dialog.tsx'
import type { StudioTabProps } from './studio-tab.ts'
import { VersionCompare } from './version-compare.tsx'

/** Without an “and”: more may follow. */
const lists = new Intl.ListFormat(locale, { style: 'narrow' })
const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** What the card was before: to be compared with what it is, and to be had back. */
export function VersionsTab({ characterId, document }: StudioTabProps) {
  const studio = useStudio()
  const history = useCardHistory(characterId)
  const [comparedId, setCompared] = useState<string>()
  const [named, setNamed] = useState<CardVersion>()
  const [isKeeping, setKeeping] = useState(false)
  const versions = history?.versions.toReversed() ?? []
  const compared = versions.find(({ id }) => id === comparedId)

  async function restore(version: CardVersion) {
    await (await studio()).restore(characterId, version.id)
    showToast(t('Restored. What the card was is a version now.'))
  }
  async function remove({ id }: CardVersion) {
    const undo = rememberDeletion(await (await studio()).removeVersion(characterId, id))
    showToast(t('Version deleted.'), { action: { label: t('Undo'), run: () => void undo() } })
  }

  return (
    <>
      <Group
        title={t('Versions')}
        about={t(
          'Before your first change of each visit, what the card was is kept here. The newest hundred stay by themselves; versions with a name stay until you delete them.',
        )}
      >
        <Button className="self-start" onClick={() => setKeeping(true)}>
          {t('Keep this version')}
        </Button>
        {history === null || versions.length === 0 ? (
          <p className="text-soft text-sm">{t('Nothing was changed yet, so there is nothing to go back to.')}</p>
        ) : (
          <ol aria-label={t('Versions')} className="flex flex-col gap-2">
            {versions.map((version) => (
              <li
                key={version.id}
                className="flex flex-wrap items-center gap-x-1 gap-y-1 rounded-xl border border-line px-3 py-2 text-sm"
              >
                <span className="me-auto flex min-w-0 flex-col max-sm:basis-full">
                  <span className="font-medium">{version.name ?? times.format(version.createdAt)}</span>
                  <span className="text-faint text-xs">
                    {version.name && `${times.format(version.createdAt)} · `}
                    {versus(version.document, document)}
                  </span>
                </span>
                <Button
                  look="quiet"
                  className="max-sm:-ms-2.5"
                  aria-expanded={version.id === comparedId}
                  onClick={() => setCompared(version.id === comparedId ? undefined : version.id)}
                >
                  {t('Compare')}
                </Button>
                <Button look="quiet" onClick={() => setNamed(version)}>
                  {version.name ? t('Rename') : t('Name')}
                </Button>
                <Button look="quiet" onClick={() => void restore(version)}>
                  {t('Restore')}
                </Button>
                <Button look="quiet" onClick={() => void remove(version)}>
                  {t('Delete')}
                </Button>
              </li>
            ))}
          </ol>
        )}
      </Group>
      {compared && <VersionCompare key={compared.id} version={compared} versions={versions} document={document} />}
      {isKeeping && <KeepVersionDialog {...{ characterId, document }} onClose={() => setKeeping(false)} />}
      {named && <NameVersionDialog characterId={characterId} version={named} onClose={() => setNamed(undefined)} />}
    </>
  )
}

/** So many fields are named; of more it is said how many. */
const mostNamed = 3

/** How a version differs from the card as it stands: many are of the same hour, and look alike otherwise. */
function versus(version: CardDocument, document: CardDocument): string {
  const titles = compareCards(version, document).map(({ title }) => title)
  if (titles.length === 0) return t('says what the card says now')
  const more = titles.length - mostNamed
  const fields = lists.format(titles.slice(0, mostNamed))
  return more > 0
    ? t('other than now: {fields} and {more, number} more', { fields, more })
    : t('other than now: {fields}', { fields })
}
