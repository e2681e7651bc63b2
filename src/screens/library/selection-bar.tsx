import { Download, Folder, Star, Tag, Trash2, X } from 'lucide-react'
import { type ComponentType, Suspense, useRef, useState } from 'react'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Counted } from '#core/cards/choose-cards.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { rich } from '#ui/rich.ts'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'

const FolderDialog = lazyPart(() => import('./shelf-dialogs.tsx').then((module) => ({ default: module.FolderDialog })))
const TagDialog = lazyPart(() => import('./shelf-dialogs.tsx').then((module) => ({ default: module.TagDialog })))

interface Props {
  readonly selected: readonly CatalogueEntry[]
  /** How many are shown. */
  readonly shown: number
  readonly tags: readonly Counted[]
  readonly folders: readonly Counted[]
  readonly onAll: () => void
  readonly onClear: () => void
  readonly onRemove: () => void
}

/** What can be done with the characters that are selected, all at once. */
export function SelectionBar({ selected, shown, tags, folders, onAll, onClear, onRemove }: Props) {
  const { openShelves } = useServices()
  const [asking, setAsking] = useState<'folder' | 'tag'>()
  const { exported, exportCards, callOff } = useExport()
  const ids = selected.map(({ id }) => id)
  const areFavourites = selected.every(({ isFavourite }) => isFavourite)
  const close = () => setAsking(undefined)

  async function moveTo(folder: string) {
    close()
    await (await openShelves()).moveTo(ids, folder || undefined)
    showToast(folder ? t('Moved to {folder}.', { folder }) : t('Taken out of their folders.'))
  }

  async function addTag(tag: string) {
    close()
    await (await openShelves()).addTag(ids, tag)
    showToast(t('Tagged “{tag}”.', { tag }))
  }

  return (
    <>
      <div
        role="toolbar"
        aria-label={t('Selected characters')}
        className="sticky bottom-3 z-30 mx-auto flex max-w-full flex-wrap items-center justify-center gap-0.5 rounded-2xl border border-line bg-raised px-2 py-1.5 shadow-xl"
      >
        <span role="status" className="px-2 text-sm tabular-nums">
          {rich('{count, number} <label>selected</label>', {
            count: selected.length,
            label: (words) => <span className="max-sm:sr-only">{words}</span>,
          })}
        </span>
        {exported === undefined ? (
          <>
            {selected.length < shown && (
              <Button look="quiet" onClick={onAll}>
                {t('All {shown, number}', { shown })}
              </Button>
            )}
            <Act
              icon={Star}
              label={areFavourites ? t('No favourite') : t('Favourite')}
              onClick={() => void openShelves().then((shelves) => shelves.setFavourite(ids, !areFavourites))}
            />
            <Act icon={Folder} label={t('Folder')} onClick={() => setAsking('folder')} />
            <Act icon={Tag} label={t('Tag')} onClick={() => setAsking('tag')} />
            <Act icon={Download} label={t('Export')} onClick={() => void exportCards(selected)} />
            <Act icon={Trash2} label={t('Delete')} onClick={onRemove} />
          </>
        ) : (
          <>
            <progress
              aria-label={t('Cards written')}
              value={exported}
              max={selected.length}
              className="h-1.5 w-32 accent-accent"
            />
            <span className="px-2 text-sm text-soft tabular-nums">{t('{exported, number} written', { exported })}</span>
            <Button look="quiet" onClick={callOff}>
              {t('Cancel')}
            </Button>
          </>
        )}
        <Button look="quiet" aria-label={t('Clear the selection')} onClick={onClear}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <Suspense>
        {asking === 'folder' && (
          <FolderDialog count={ids.length} known={folders} onClose={close} onChoose={(folder) => void moveTo(folder)} />
        )}
        {asking === 'tag' && (
          <TagDialog count={ids.length} known={tags} onClose={close} onChoose={(tag) => void addTag(tag)} />
        )}
      </Suspense>
    </>
  )
}

interface ActProps {
  readonly icon: ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
  readonly label: string
  readonly onClick: () => void
}

function Act({ icon: Icon, label, onClick }: ActProps) {
  return (
    <Button look="quiet" onClick={onClick}>
      <Icon aria-hidden className="size-4" />
      <span className="max-md:sr-only">{label}</span>
    </Button>
  )
}

/** The export that is going on: how many cards are written, undefined when there is none. */
function useExport() {
  const { openCardDesk } = useServices()
  const [exported, setExported] = useState<number>()
  const call = useRef<AbortController>(undefined)

  async function exportCards(selected: readonly CatalogueEntry[]) {
    call.current = new AbortController()
    setExported(0)
    try {
      const desk = await openCardDesk()
      const archive = await desk.export(
        selected.map(({ id }) => id),
        setExported,
        call.current.signal,
      )
      if (!archive) return showToast(t('The export was called off.'))
      const [only] = selected
      saveFile(archive.blob, `${selected.length === 1 && only ? only.name : 'characters'}.zip`)
      showToast(t('{cards, plural, one {One card} other {# cards}} saved in one file.', { cards: archive.cards }))
    } catch {
      showToast(t('The cards could not be written. The disk may be full.'), { tone: 'danger' })
    } finally {
      setExported(undefined)
    }
  }
  return { exported, exportCards, callOff: () => call.current?.abort() }
}
