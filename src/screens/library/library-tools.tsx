import { LayoutGrid, List, Star } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { CardOrder, Counted } from '#core/cards/choose-cards.ts'
import { formatNumber, t } from '#lib/translate.ts'
import { usePrepareCardSearch } from '#state/card-search.ts'
import { type LibraryFilter, useLibraryFilter, useLibraryLook } from '#state/library-view.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { Select } from '#ui/field.tsx'

const orders: readonly { readonly value: CardOrder; readonly label: string }[] = [
  { value: 'used', label: t('Recently used') },
  { value: 'newest', label: t('Newest') },
  { value: 'name', label: t('Name') },
  { value: 'size', label: t('Size') },
]

/** Tags that are there without a further click, and with it. */
const fewTags = 12
const mostTags = 200

const inNoFolder = '\n'
const change = (part: Partial<LibraryFilter>) => useLibraryFilter.setState(part)

interface Props {
  /** Of the characters that are shown. */
  readonly tags: readonly Counted[]
  /** Of all characters. */
  readonly folders: readonly Counted[]
}

/** What is shown of the library, and how. */
export function LibraryTools({ tags, folders }: Props) {
  const { typed, favourites, folder } = useLibraryFilter()
  const { view, order } = useLibraryLook()
  const prepareSearch = usePrepareCardSearch()
  return (
    <search className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label={t('Search characters')}
          placeholder={t('Search names, descriptions, greetings, tags…')}
          value={typed}
          onFocus={prepareSearch}
          onChange={(event) => change({ typed: event.target.value })}
          className="min-h-10 min-w-56 flex-1 basis-72 rounded-xl border border-line bg-raised px-4 text-base placeholder:text-faint sm:text-sm"
        />
        <Toggle label={t('Favourites')} isOn={favourites} onChange={(isOn) => change({ favourites: isOn })}>
          <Star aria-hidden className={classNames('size-4', favourites && 'fill-current')} />
          <span className="max-sm:sr-only">{t('Favourites')}</span>
        </Toggle>
        {folders.length > 0 && (
          <div className="w-40 max-sm:flex-1">
            <Select
              aria-label={t('Folder')}
              value={folder === undefined ? '' : folder || inNoFolder}
              onChange={({ target: { value } }) =>
                change({ folder: value === '' ? undefined : value === inNoFolder ? '' : value })
              }
            >
              <option value="">{t('All folders')}</option>
              {folders.map(({ key, name, count }) => (
                <option key={key} value={key}>
                  {name} ({formatNumber(count)})
                </option>
              ))}
              <option value={inNoFolder}>{t('In no folder')}</option>
            </Select>
          </div>
        )}
        <div className="w-40 max-sm:flex-1">
          <Select
            aria-label={t('Sort by')}
            value={order}
            onChange={({ target: { value } }) => {
              const chosen = orders.find((one) => one.value === value)
              if (chosen) useLibraryLook.setState({ order: chosen.value })
            }}
          >
            {orders.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        <Button
          aria-label={view === 'grid' ? t('Show as a list') : t('Show as a grid')}
          className="min-h-10 px-2.5"
          onClick={() => useLibraryLook.setState({ view: view === 'grid' ? 'list' : 'grid' })}
        >
          {view === 'grid' ? (
            <List aria-hidden className="size-4.5" />
          ) : (
            <LayoutGrid aria-hidden className="size-4.5" />
          )}
        </Button>
      </div>
      <TagFilter tags={tags} />
    </search>
  )
}

function TagFilter({ tags }: Pick<Props, 'tags'>) {
  const chosen = useLibraryFilter((filter) => filter.tags)
  const [isOpen, setOpen] = useState(false)
  // What was chosen stands first, also where nothing has it any more, so that it can be let go.
  const firsts = chosen.map((key) => tags.find((tag) => tag.key === key) ?? { key, name: key, count: 0 })
  const others = tags.filter(({ key }) => !chosen.includes(key))
  const shown = [...firsts, ...others.slice(0, isOpen ? mostTags : Math.max(0, fewTags - firsts.length))]
  if (shown.length === 0) return null
  return (
    <fieldset
      className={classNames(
        'flex min-w-0 items-center gap-1.5 sm:flex-wrap',
        isOpen ? 'max-h-56 flex-wrap overflow-y-auto' : 'max-sm:overflow-x-auto max-sm:[scrollbar-width:none]',
      )}
    >
      <legend className="sr-only">{t('Tags')}</legend>
      {shown.map(({ key, name, count }) => {
        const isOn = chosen.includes(key)
        return (
          <Toggle
            key={key}
            isSmall
            label={`${name}, ${count}`}
            isOn={isOn}
            onChange={() => change({ tags: isOn ? chosen.filter((other) => other !== key) : [...chosen, key] })}
          >
            <span className="max-w-40 truncate">{name}</span>
            <span className="text-faint tabular-nums">{formatNumber(count)}</span>
          </Toggle>
        )
      })}
      {(isOpen || others.length > shown.length - firsts.length) && (
        <Button look="quiet" className="shrink-0 py-0 text-xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('Fewer tags') : t('More tags')}
        </Button>
      )}
    </fieldset>
  )
}

interface ToggleProps {
  readonly label: string
  readonly isOn: boolean
  readonly isSmall?: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
}

function Toggle({ label, isOn, isSmall, onChange, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
      className={classNames(
        'inline-flex shrink-0 items-center gap-1.5 border aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent',
        isSmall
          ? 'min-h-7 rounded-full border-line px-2.5 text-xs text-soft hover:border-faint'
          : 'min-h-10 rounded-lg border-line bg-raised px-3 text-sm hover:border-faint',
      )}
    >
      {children}
    </button>
  )
}
