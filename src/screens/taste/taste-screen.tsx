import { useMemo, useState } from 'react'
import { t } from '#lib/translate.ts'
import { useChatsWithPairs, usePreferences, usePrinciples, useTaste } from '#state/taste.ts'
import { classNames } from '#ui/class-names.ts'
import { Page } from '#ui/page.tsx'
import { CataloguePart } from './catalogue-part.tsx'
import { ComparePart } from './compare-part.tsx'
import { ExportPart } from './export-part.tsx'
import { JudgePart } from './judge-part.tsx'
import type { PairInChat } from './sitting.tsx'

const parts = [
  { part: 'compare', label: t('Compare') },
  { part: 'judge', label: t('Judge') },
  { part: 'principles', label: t('Principles') },
  { part: 'files', label: t('Files') },
] as const

/** Takes against each other: what the reader prefers, what a judge says, by which principles, and all of it as files. */
export function TasteScreen() {
  const taste = useTaste()
  const preferences = usePreferences()
  const principles = usePrinciples()
  const { chats, isReading } = useChatsWithPairs(taste)
  const [shown, setShown] = useState<(typeof parts)[number]['part']>('compare')
  const pairs = useMemo(() => chats.flatMap((chat) => chat.pairs.map((pair): PairInChat => ({ chat, pair }))), [chats])
  if (!taste || !preferences || !principles) return <main className="h-full" />
  const implicit = chats.reduce((sum, chat) => sum + chat.implicit.length, 0)
  return (
    <Page title={t('Taste')}>
      <div
        role="radiogroup"
        aria-label={t('Part')}
        className="flex self-start rounded-lg border border-line bg-sunken p-0.5 text-sm"
      >
        {parts.map(({ part, label }) => (
          <label
            key={part}
            className={classNames(
              'rounded-md px-3 py-1.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
              part === shown ? 'bg-raised text-ink shadow-sm' : 'text-soft',
            )}
          >
            <input
              type="radio"
              name="taste-part"
              className="sr-only"
              checked={part === shown}
              onChange={() => setShown(part)}
            />
            {label}
          </label>
        ))}
      </div>
      {shown === 'compare' && <ComparePart {...{ taste, pairs, implicit, isReading, preferences, principles }} />}
      {shown === 'judge' && <JudgePart {...{ taste, pairs, preferences, principles }} />}
      {shown === 'principles' && <CataloguePart {...{ taste, principles }} />}
      {shown === 'files' && <ExportPart taste={taste} />}
    </Page>
  )
}
