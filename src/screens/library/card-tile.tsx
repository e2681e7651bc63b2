import { Star } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { CharacterId } from '#core/ids.ts'
import { locale, t } from '#lib/translate.ts'
import { useThumbnail } from '#state/thumbnails.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'

interface Props {
  readonly entry: CatalogueEntry
  readonly view: 'grid' | 'list'
  /** Its place in the list, and how long that is. */
  readonly index: number
  readonly count: number
  readonly isSelected: boolean
  /** Tab leads to it; from there the arrow keys lead to the others. */
  readonly isTabStop: boolean
  readonly lastUsed: number | undefined
  readonly onSelect: (id: CharacterId, isStretch: boolean) => void
  readonly onFocus: (index: number) => void
  /** Clicks select instead of opening. */
  readonly isSelecting: boolean
}

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

/** A character in the library: a link to it that can be selected. */
export const CardTile = memo(function CardTile(props: Props) {
  const { entry, view, index, count, isSelected, isTabStop, isSelecting, onSelect, onFocus } = props
  const { id, name, hue, isFavourite } = entry
  return (
    <li
      {...hueProps(hue)}
      aria-posinset={index + 1}
      aria-setsize={count}
      className="group relative min-w-0"
      onClickCapture={(event) => {
        const isLink = event.target instanceof Element && event.target.closest('a')
        const isMeant = event.shiftKey || event.ctrlKey || event.metaKey || isSelecting
        if (!isLink || !isMeant) return
        event.preventDefault()
        event.stopPropagation()
        onSelect(id, event.shiftKey)
      }}
    >
      <Link
        href={`/characters/${id}`}
        data-index={index}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={() => onFocus(index)}
        draggable={false}
        className={classNames(
          'flex h-full select-none rounded-2xl',
          view === 'grid' ? 'flex-col gap-2' : 'items-center gap-4 py-1.5 pe-3 ps-12 hover:bg-sunken',
          isSelected && view === 'list' && 'bg-accent-wash',
        )}
      >
        <Picture entry={entry} view={view} isSelected={isSelected} />
        <span className={classNames('min-w-0', view === 'grid' ? 'px-1' : 'flex-1')}>
          <span className="block truncate font-story text-lg leading-snug">{name}</span>
          <span className="block truncate text-faint text-xs">{subtitleOf(entry)}</span>
        </span>
        {view === 'list' && <ListFacts {...props} />}
      </Link>
      {isFavourite && (
        <Star
          aria-label={t('Favourite')}
          role="img"
          className={classNames(
            'pointer-events-none absolute size-5 fill-current text-accent drop-shadow',
            view === 'grid' ? 'top-2.5 end-2.5' : 'top-1/2 end-3 -translate-y-1/2',
          )}
        />
      )}
      <label
        className={classNames(
          'absolute flex size-9 items-center justify-center rounded-xl focus-within:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
          view === 'grid' ? 'top-1 start-1' : 'top-1/2 start-1.5 -translate-y-1/2',
          !isSelected && !isSelecting && 'opacity-0',
        )}
      >
        <input
          type="checkbox"
          // The space bar selects what has the focus; a stop of its own would double the way.
          tabIndex={-1}
          aria-label={t('Select {name}', { name })}
          checked={isSelected}
          onChange={() => {}}
          onClick={(event) => onSelect(id, event.shiftKey)}
          className="size-5 accent-accent"
        />
      </label>
    </li>
  )
})

function Picture({ entry, view, isSelected }: Pick<Props, 'entry' | 'view' | 'isSelected'>) {
  const thumbnail = useThumbnail(entry)
  return (
    <span
      className={classNames(
        'flex shrink-0 items-center justify-center overflow-hidden border bg-accent-wash font-story text-accent',
        view === 'grid' ? 'aspect-3/4 w-full rounded-2xl text-6xl' : 'size-13 rounded-full text-2xl',
        isSelected ? 'border-accent ring-2 ring-accent' : 'border-line',
      )}
    >
      {thumbnail ? (
        <img src={thumbnail} alt="" decoding="async" draggable={false} className="size-full object-cover object-top" />
      ) : (
        <span aria-hidden>{Array.from(entry.name)[0] ?? '?'}</span>
      )}
    </span>
  )
}

function ListFacts({ entry, lastUsed }: Props) {
  return (
    <span className="hidden shrink-0 items-center gap-6 pe-9 text-faint text-xs sm:flex">
      {entry.folder && <span className="max-w-40 truncate">{entry.folder}</span>}
      <span className="w-24 text-end">{dates.format(lastUsed ?? entry.createdAt)}</span>
    </span>
  )
}

function subtitleOf({ book, creator, tags }: CatalogueEntry): string {
  return book ?? (tags.length > 0 ? tags.slice(0, 3).join(', ') : creator ? t('by {creator}', { creator }) : '')
}
