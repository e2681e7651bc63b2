import { Trash2 } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import { viewKeptBook } from '#core/lorebook/read-lorebook.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useImportLorebooks } from '#state/import-lorebooks.ts'
import { useImportRun } from '#state/import-run.ts'
import { useLorebooks } from '#state/lorebooks.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { showToast } from '#ui/toasts.tsx'
import { entriesInWords } from './entries-in-words.ts'

/** The lorebooks of the library, and those that are in its cards. */
export function LorebooksScreen() {
  const { lorebooks: service } = useServices()
  const lorebooks = useLorebooks()
  const [, navigate] = useLocation()

  async function create() {
    const id = await (await service()).create(t('New lorebook'))
    navigate(`/lorebooks/${id}/book`)
  }

  return (
    <Page
      title={t('Lorebooks')}
      actions={
        <>
          <PlaceLink href="/bin">{t('Bin')}</PlaceLink>
          <Button onClick={() => void create()}>{t('New lorebook')}</Button>
          <ImportButton />
        </>
      }
    >
      <p className="-mt-3 text-sm text-soft">
        {t(
          'A lorebook tells the model what the story calls for: an entry is added to the prompt when one of its keys was said. Files of SillyTavern, RisuAI, NovelAI, Agnai and Lorebook V3 can be dropped anywhere on the page.',
        )}
      </p>
      {lorebooks?.length === 0 && <p className="text-soft">{t('No lorebooks of their own yet.')}</p>}
      {lorebooks && lorebooks.length > 0 && (
        <ul aria-label={t('Lorebooks')} className="flex flex-col divide-y divide-line">
          {lorebooks.map((lorebook) => (
            <LorebookRow key={lorebook.id} lorebook={lorebook} />
          ))}
        </ul>
      )}
      <BooksInCards />
    </Page>
  )
}

function LorebookRow({ lorebook }: { readonly lorebook: KeptLorebook }) {
  const { lorebooks } = useServices()
  const { id, name, raw, isEverywhere } = lorebook

  async function remove() {
    const undo = rememberDeletion(await (await lorebooks()).remove(id))
    showToast(t('{name} deleted. It waits in the bin.', { name }), {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <li className="flex items-center gap-2">
      <Link href={`/lorebooks/${id}`} className="flex min-w-0 flex-1 flex-col rounded-xl px-2 py-3 hover:bg-sunken">
        <span className="truncate font-story text-lg">{name}</span>
        <span className="text-faint text-xs">
          {entriesInWords(viewKeptBook(raw).entries.length)}
          {isEverywhere && ` · ${t('in every chat')}`}
        </span>
      </Link>
      <Button look="quiet" aria-label={t('Delete {name}', { name })} onClick={() => void remove()}>
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  )
}

function BooksInCards() {
  const books = (useCatalogue() ?? []).flatMap(({ id, name, loreEntries: count }) =>
    count === undefined ? [] : [{ id, name, count }],
  )
  if (books.length === 0) return null
  return (
    <section aria-label={t('In cards')} className="flex flex-col gap-1">
      <h2 className="font-story text-xl">{t('In cards')}</h2>
      <ul className="flex flex-col divide-y divide-line">
        {books.map(({ id, name, count }) => (
          <li key={id}>
            <Link href={`/characters/${id}/lore`} className="flex flex-col rounded-xl px-2 py-3 hover:bg-sunken">
              <span className="truncate font-story text-lg">{t('Lore of {name}', { name })}</span>
              <span className="text-faint text-xs">{entriesInWords(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ImportButton() {
  const importLorebooks = useImportLorebooks()
  const isReading = useImportRun((run) => run.isReading)
  const [, navigate] = useLocation()

  async function take(files: readonly File[]) {
    const outcomes = await importLorebooks(files)
    const [only] = outcomes
    if (outcomes.length === 1 && only?.lorebookId) navigate(`/lorebooks/${only.lorebookId}`)
  }

  return (
    <FileButton
      label={t('Import lorebook')}
      accept=".json,.lorebook,.png,.charx,.byaf,.webp,.jpg,.jpeg,.yaml,application/json,image/*"
      isBusy={isReading}
      onFiles={(files) => void take(files)}
    />
  )
}
