import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import { countFolders, countTags, filterCards, sortCards } from '#core/cards/choose-cards.ts'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useCardSearch } from '#state/card-search.ts'
import { useCatalogue } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useImportCards } from '#state/import-files.ts'
import { useImportRun } from '#state/import-run.ts'
import { clearLibraryFilter, useLibraryFilter, useLibraryLook } from '#state/library-view.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { showToast } from '#ui/toasts.tsx'
import { CardList } from './card-list.tsx'
import { LibraryTools } from './library-tools.tsx'
import { nothingSelected, selectAll } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'

const none: readonly CatalogueEntry[] = []

const NewSceneDialog = lazyPart(() =>
  import('./new-scene-dialog.tsx').then((module) => ({ default: module.NewSceneDialog })),
)

/** The characters one can chat with. */
export function LibraryScreen() {
  const { seedLibrary, openShelves } = useServices()
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [isPlanning, setPlanning] = useState(false)
  useEffect(() => void seedLibrary(), [seedLibrary])
  const catalogue = useCatalogue()
  const { entries, usedAt, tags, folders, isComplete, isFiltered } = useShown(catalogue ?? none)
  const view = useLibraryLook((look) => look.view)
  const [selection, setSelection] = useState(nothingSelected)
  // What is not shown is not meant: nobody deletes what they don't see.
  const selected = useMemo(() => entries.filter(({ id }) => selection.ids.has(id)), [entries, selection])

  const remove = useCallback(
    async (entriesToGo: readonly CatalogueEntry[]) => {
      const undo = rememberDeletion(await (await openShelves()).remove(entriesToGo.map(({ id }) => id)))
      setSelection(nothingSelected)
      const [only] = entriesToGo
      const told =
        entriesToGo.length === 1 && only
          ? t('{name} deleted. The chats stay.', { name: only.name })
          : t('{count, plural, one {# character} other {# characters}} deleted. The chats stay.', {
              count: entriesToGo.length,
            })
      showToast(told, { action: { label: t('Undo'), run: () => void undo() } })
    },
    [openShelves],
  )
  const removeFocused = (focused: CharacterId) =>
    void remove(selected.length > 0 ? selected : entries.filter(({ id }) => id === focused))

  return (
    <Page
      ref={setScroller}
      title={t('Characters')}
      isWide
      actions={
        <>
          <PlaceLink href="/scenes">{t('Scenes')}</PlaceLink>
          <PlaceLink href="/bin">{t('Bin')}</PlaceLink>
          <NewButton />
          <Button onClick={() => setPlanning(true)}>{t('New scene')}</Button>
          <ImportButton />
        </>
      }
    >
      <LibraryTools tags={tags} folders={folders} />
      <p role="status" className="-my-2 text-faint text-xs">
        {catalogue && describe(entries.length, catalogue.length, isComplete)}
      </p>
      {catalogue && entries.length === 0 && isFiltered && isComplete && (
        <p className="text-soft">
          {t('No character is like that.')}{' '}
          <Button look="quiet" className="text-accent underline" onClick={clearLibraryFilter}>
            {t('Show all')}
          </Button>
        </p>
      )}
      <CardList
        {...{ entries, view, scroller, usedAt, selection }}
        onSelection={setSelection}
        onRemove={removeFocused}
      />
      {selected.length > 0 && (
        <SelectionBar
          {...{ selected, tags, folders }}
          shown={entries.length}
          onAll={() => setSelection(selectAll(entries.map(({ id }) => id)))}
          onClear={() => setSelection(nothingSelected)}
          onRemove={() => void remove(selected)}
        />
      )}
      <Suspense>{isPlanning && <NewSceneDialog onClose={() => setPlanning(false)} />}</Suspense>
    </Page>
  )
}

/** The characters that are to be shown, in their order, and what they can be chosen by. */
function useShown(catalogue: readonly CatalogueEntry[]) {
  const { typed, favourites, folder, tags: wantedTags } = useLibraryFilter()
  const order = useLibraryLook((look) => look.order)
  const conversations = useConversations()
  const usedAt = useMemo(() => {
    const latest = new Map<CharacterId, number>()
    // They come latest first.
    for (const { characterId, updatedAt } of conversations ?? []) {
      if (!latest.has(characterId)) latest.set(characterId, updatedAt)
    }
    return latest
  }, [conversations])
  const sorted = useMemo(() => sortCards(catalogue, order, usedAt), [catalogue, order, usedAt])
  // A key is shown before the list for it is made.
  const findings = useCardSearch(catalogue, useDeferredValue(typed))
  const found = findings?.ids
  const entries = useMemo(
    () => filterCards(sorted, { favourites, folder, tags: wantedTags, found }),
    [sorted, favourites, folder, wantedTags, found],
  )
  const tags = useMemo(() => countTags(entries), [entries])
  const folders = useMemo(() => countFolders(catalogue), [catalogue])
  const isFiltered = typed.trim() !== '' || favourites || folder !== undefined || wantedTags.length > 0
  return { entries, usedAt, tags, folders, isFiltered, isComplete: findings?.isComplete ?? true }
}

function describe(shown: number, all: number, isComplete: boolean): string {
  if (shown === all) {
    return isComplete
      ? t('{all, plural, one {# character} other {# characters}}', { all })
      : t('{all, plural, one {# character} other {# characters}} so far: looking through the cards…', { all })
  }
  return isComplete
    ? t('{shown, number} of {all, number}', { shown, all })
    : t('{shown, number} of {all, number} so far: looking through the cards…', { shown, all })
}

function NewButton() {
  const { studio } = useServices()
  const [, navigate] = useLocation()

  async function create() {
    navigate(`/characters/${await (await studio()).create()}/edit`)
  }

  return <Button onClick={() => void create()}>{t('New character')}</Button>
}

function ImportButton() {
  const importCards = useImportCards()
  const isReading = useImportRun((run) => run.isReading)
  const [, navigate] = useLocation()

  async function take(files: readonly File[]) {
    const outcomes = await importCards(files)
    const [only] = outcomes
    if (outcomes.length !== 1 || only?.status === 'skipped') return
    if (only?.characterId) navigate(`/characters/${only.characterId}`)
    else if (only?.conversationId) navigate(`/chat/${only.conversationId}`)
    else if (only?.sceneId) navigate(`/scenes/${only.sceneId}`)
    // A lorebook that was taken for a card.
    else if (only?.lorebookId) navigate(`/lorebooks/${only.lorebookId}`)
  }

  return (
    <FileButton
      label={t('Import card')}
      accept=".png,.apng,.webp,.jpg,.jpeg,.json,.charx,.byaf,.yaml,.yml,.zip,image/png,image/webp,image/jpeg,application/json,application/zip"
      isBusy={isReading}
      onFiles={(files) => void take(files)}
    />
  )
}
