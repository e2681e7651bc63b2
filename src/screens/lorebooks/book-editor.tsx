import { ArrowLeft } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { CharacterId } from '#core/ids.ts'
import { entryTree } from '#core/lorebook/edit-lorebook.ts'
import type { LoreVerdict } from '#core/lorebook/explain.ts'
import { tryLore } from '#core/lorebook/try-lore.ts'
import { t } from '#lib/translate.ts'
import { type BookEdits, useBookEdits } from '#state/book-edits.ts'
import { useCharacter } from '#state/characters.ts'
import { rememberDeletion } from '#state/deletions.ts'
import type { OpenBook } from '#state/lorebooks.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { PlaceLink } from '#ui/place-link.tsx'
import { showToast } from '#ui/toasts.tsx'
import { BookPanel } from './book-panel.tsx'
import { EntryForm } from './entry-form.tsx'
import { EntryList } from './entry-list.tsx'
import { entryOf, partOf } from './parts.ts'
import { TryPanel } from './try-panel.tsx'

interface Props {
  readonly open: OpenBook
  readonly title: string
  /** The address of the book; its parts are below it. */
  readonly base: string
  readonly part: string | undefined
}

/** A lorebook open for editing: its entries on one side, and one of them, or the book itself, on the other. */
export function BookEditor({ open, title, base, part }: Props) {
  const { book, owner } = open
  const [, navigate] = useLocation()
  const entryId = entryOf(part)
  const entry = book.entries.find(({ id }) => id === entryId)
  const [tried, setTried] = useState<{ readonly text: string; readonly readerId: CharacterId | undefined }>({
    text: '',
    readerId: owner?.id,
  })
  const verdicts = useVerdicts(open, tried)
  /** Counts what was put back: the form of an entry begins anew then. */
  const [returns, setReturns] = useState(0)
  const [first] = useState({ raw: book.raw, name: open.name })
  const [hasChanged, setChanged] = useState(false)
  const edits = useNotedEdits(open, () => setChanged(true))
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  useEffect(() => {
    document.title = `${title} · Subtext`
  }, [title])

  async function add(copiedId?: string) {
    navigate(`${base}/${partOf(await edits.addEntry(copiedId))}`)
  }

  async function remove(id: string, name: string) {
    const tree = entryTree(book, id)
    if (!tree) return
    navigate(base)
    await edits.removeEntry(id)
    const undo = rememberDeletion(async () => {
      await edits.restoreEntry(id, tree)
      if (!isHere.current) return
      setReturns((before) => before + 1)
      navigate(`${base}/${partOf(id)}`)
    })
    showToast(t('“{name}” deleted.', { name }), { action: { label: t('Undo'), run: () => void undo() } })
  }

  async function takeBack() {
    // The name first: it is written into the tree as well.
    if (open.name !== first.name) await edits.changeBook({ name: first.name })
    await edits.replace(first.raw)
    setChanged(false)
    setReturns((before) => before + 1)
    showToast(t('Everything is as it was when you opened the book.'))
  }

  const isOnList = part === undefined
  return (
    <main className="flex h-full flex-col">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-2 sm:px-5">
        <Link
          href={isOnList ? (owner ? `/characters/${owner.id}` : '/lorebooks') : base}
          aria-label={isOnList ? (owner ? t('Back to the character') : t('All lorebooks')) : t('Back to the entries')}
          className={classNames(
            'flex size-9 items-center justify-center rounded-lg text-soft hover:bg-sunken hover:text-ink',
          )}
        >
          <ArrowLeft aria-hidden className="size-4.5 rtl:-scale-x-100" />
        </Link>
        <h1 className="me-auto min-w-0 truncate font-story text-xl sm:text-2xl">{title}</h1>
        {hasChanged && (
          <Button look="quiet" onClick={() => void takeBack()}>
            {t('Take back all changes')}
          </Button>
        )}
        <PlaceLink href={`${base}/book`}>{t('About this book')}</PlaceLink>
      </header>
      <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(20rem,26rem)_1fr]">
        <section
          aria-label={t('Entries')}
          className={classNames('flex min-h-0 flex-col border-line lg:border-e', !isOnList && 'max-lg:hidden')}
        >
          <EntryList
            {...{ book, base, verdicts, edits }}
            openId={entry?.id}
            onAdd={() => void add()}
            tester={<TryPanel {...{ book, tried, verdicts }} onChange={setTried} />}
          />
        </section>
        <section
          aria-label={entry ? t('Entry') : t('About this book')}
          className={classNames('min-h-0 overflow-y-auto px-4 py-5 sm:px-8', isOnList && 'max-lg:hidden')}
        >
          {entry ? (
            <EntryForm
              key={`${entry.id} ${returns}`}
              {...{ book, entry, edits, owner }}
              verdict={verdicts?.get(entry.id)}
              onDuplicate={() => void add(entry.id)}
              onRemove={() => void remove(entry.id, entry.title)}
            />
          ) : entryId === undefined ? (
            <BookPanel key={returns} open={open} edits={edits} />
          ) : (
            <p className="text-soft">{t('There is no such entry in this book.')}</p>
          )}
        </section>
      </div>
    </main>
  )
}

/** What a text that is tried does, by entry; undefined while there is none. */
function useVerdicts(
  { book }: OpenBook,
  { text, readerId }: { readonly text: string; readonly readerId: CharacterId | undefined },
): ReadonlyMap<string, LoreVerdict> | undefined {
  const deferred = useDeferredValue(text)
  const reader = useCharacter(readerId) ?? undefined
  return useMemo(() => {
    if (deferred.trim() === '') return undefined
    return new Map(tryLore(book, deferred, reader).explanations.map(({ entryId, verdict }) => [entryId, verdict]))
  }, [book, deferred, reader])
}

/** The edits of the book, which tell when there was one, and when one could not be saved. */
function useNotedEdits({ place }: OpenBook, onChange: () => void): BookEdits {
  const edits = useBookEdits(place)
  const note = useRef(onChange)
  return useMemo(() => {
    const noted =
      <Given extends unknown[], Result>(edit: (...given: Given) => Promise<Result>) =>
      async (...given: Given) => {
        note.current()
        try {
          return await edit(...given)
        } catch (error) {
          showToast(t('This could not be saved. Free some disk space, and change it again.'), { tone: 'danger' })
          throw error
        }
      }
    return {
      changeBook: noted(edits.changeBook),
      changeEntry: noted(edits.changeEntry),
      addEntry: noted(edits.addEntry),
      removeEntry: noted(edits.removeEntry),
      restoreEntry: noted(edits.restoreEntry),
      replace: noted(edits.replace),
    }
  }, [edits])
}
