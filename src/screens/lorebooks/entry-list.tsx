import { useVirtualizer } from '@tanstack/react-virtual'
import { Plus } from 'lucide-react'
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { LoreVerdict } from '#core/lorebook/explain.ts'
import type { Lorebook, LoreEntry } from '#core/lorebook/lorebook.ts'
import { t } from '#lib/translate.ts'
import type { BookEdits } from '#state/book-edits.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { TextInput } from '#ui/field.tsx'
import { EntryRow } from './entry-row.tsx'

interface Props {
  readonly book: Lorebook
  readonly base: string
  readonly edits: BookEdits
  readonly openId: string | undefined
  /** What the text that is tried does, by entry. */
  readonly verdicts: ReadonlyMap<string, LoreVerdict> | undefined
  readonly tester: ReactNode
  readonly onAdd: () => void
}

/** All entries in the order they are read by the model. Only those in sight are in the page. */
export function EntryList({ book, base, edits, openId, verdicts, tester, onAdd }: Props) {
  const [search, setSearch] = useState('')
  const [isOnlyFired, setOnlyFired] = useState(false)
  const sought = useDeferredValue(search)
  const entries = useMemo(() => {
    const found = book.entries.filter((entry) => holds(entry, sought.trim().toLowerCase()))
    const shown = verdicts && isOnlyFired ? found.filter(({ id }) => verdicts.get(id)?.outcome !== 'silent') : found
    return shown.sort((one, other) => one.order - other.order)
  }, [book, sought, verdicts, isOnlyFired])
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (verdicts ? 84 : 58),
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 8,
  })

  return (
    <>
      <div className="flex flex-col gap-2 border-line border-b p-3">
        <div className="flex gap-2">
          <TextInput
            type="search"
            aria-label={t('Search the entries')}
            placeholder={t('Search {count, plural, =0 {no entries} one {one entry} other {# entries}}', {
              count: book.entries.length,
            })}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button look="primary" className="shrink-0" onClick={onAdd}>
            <Plus aria-hidden className="size-4" />
            {t('Add')}
          </Button>
        </div>
        {tester}
        {verdicts && <Check label={t('Only what fires')} isOn={isOnlyFired} onChange={setOnlyFired} />}
      </div>
      {entries.length === 0 && (
        <p className="p-4 text-sm text-soft">
          {book.entries.length === 0 ? t('No entries yet. Add the first.') : t('No entry is like that.')}
        </p>
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ul aria-label={t('Entries')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const entry = entries[index]
            return (
              entry && (
                <li
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  aria-setsize={entries.length}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0 border-line border-b"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <EntryRow
                    {...{ entry, base, edits }}
                    isOpen={entry.id === openId}
                    verdict={verdicts?.get(entry.id)}
                  />
                </li>
              )
            )
          })}
        </ul>
      </div>
    </>
  )
}

function holds({ title, keys, secondaryKeys, content }: LoreEntry, sought: string): boolean {
  if (sought === '') return true
  return [title, ...keys, ...secondaryKeys, content].some((text) => text.toLowerCase().includes(sought))
}
