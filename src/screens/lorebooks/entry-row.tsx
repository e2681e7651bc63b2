import { Lock } from 'lucide-react'
import { memo, useState } from 'react'
import { Link } from 'wouter'
import { describeVerdict, type LoreVerdict } from '#core/lorebook/explain.ts'
import type { LoreEntry } from '#core/lorebook/lorebook.ts'
import { t } from '#lib/translate.ts'
import type { BookEdits } from '#state/book-edits.ts'
import { Check } from '#ui/check.tsx'
import { classNames } from '#ui/class-names.ts'
import { partOf } from './parts.ts'

interface Props {
  readonly entry: LoreEntry
  readonly base: string
  readonly edits: BookEdits
  readonly isOpen: boolean
  readonly verdict: LoreVerdict | undefined
}

/** An entry in the list: whether it is used, what calls it, where it stands, and what a text that is tried makes of it. */
export const EntryRow = memo(({ entry, base, edits, isOpen, verdict }: Props) => {
  const { id, title, isEnabled, keys, knownTo, order } = entry
  const calls = entry.isConstant && !entry.usesRegex ? t('Always') : keys.join(', ') || t('No keys')
  return (
    <div className={classNames('flex items-start gap-2 px-3 py-2', isOpen && 'bg-accent-wash')}>
      <Check
        className="size-9 shrink-0 justify-center"
        label={<span className="sr-only">{t('Use {title}', { title })}</span>}
        isOn={isEnabled}
        onChange={(isOn) => edits.changeEntry(id, { isEnabled: isOn })}
      />
      <Link
        href={`${base}/${partOf(id)}`}
        aria-current={isOpen || undefined}
        className="flex min-w-0 flex-1 flex-col rounded-md"
      >
        <span className={classNames('flex items-center gap-1.5', !isEnabled && 'text-faint')}>
          <span className="truncate text-sm">{title}</span>
          {knownTo && (
            <>
              <Lock aria-hidden className="size-3 shrink-0 text-faint" />
              <span className="sr-only">{t(', private')}</span>
            </>
          )}
        </span>
        <span className="truncate text-faint text-xs">{calls}</span>
        {verdict && (
          <span className={classNames('text-xs', verdict.outcome === 'used' ? 'text-accent' : 'text-soft')}>
            {describeVerdict(verdict)}
          </span>
        )}
      </Link>
      <OrderInput
        key={order}
        order={order}
        title={title}
        onChange={(value) => void edits.changeEntry(id, { order: value })}
      />
    </div>
  )
})
EntryRow.displayName = 'EntryRow'

interface OrderProps {
  readonly order: number
  readonly title: string
  readonly onChange: (order: number) => void
}

/** Where an entry stands. It moves when the field is left, not while it is typed. */
function OrderInput({ order, title, onChange }: OrderProps) {
  const [typed, setTyped] = useState(String(order))
  function commit() {
    const value = Number(typed)
    if (typed.trim() === '' || !Number.isFinite(value)) setTyped(String(order))
    else if (value !== order) onChange(value)
  }
  return (
    <input
      type="number"
      aria-label={t('Order of {title}', { title })}
      title={t('Order: lower is nearer to the top')}
      className="mt-1 w-16 shrink-0 rounded-md border border-line bg-raised px-1.5 py-1 text-end text-base tabular-nums sm:text-xs"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}
