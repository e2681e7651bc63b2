import { useMemo, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { CardVersion } from '#core/cards/card-history.ts'
import { type CardDifference, compareCards } from '#core/cards/compare-cards.ts'
import { diffWords } from '#core/diff/diff-words.ts'
import { Field, Select } from '#ui/field.tsx'
import { Lines } from '#ui/lines.tsx'
import { Group } from './group.tsx'

const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

const marks = {
  same: { Mark: 'span', look: '' },
  removed: { Mark: 'del', look: 'rounded-sm bg-danger-wash text-danger' },
  added: { Mark: 'ins', look: 'rounded-sm bg-mark text-ink no-underline' },
} as const

interface Props {
  readonly version: CardVersion
  readonly versions: readonly CardVersion[]
  readonly document: CardDocument
}

/** What became of a version, field by field: against the card as it stands, or against another version. */
export function VersionCompare({ version, versions, document }: Props) {
  const [otherId, setOther] = useState('')
  const other = versions.find(({ id }) => id === otherId)?.document ?? document
  const differences = useMemo(() => compareCards(version.document, other), [version, other])
  return (
    <Group title={`“${nameOf(version)}” compared`}>
      <Field label="With">
        {(ids) => (
          <Select {...ids} value={otherId} onChange={(event) => setOther(event.target.value)}>
            <option value="">The card as it stands now</option>
            {versions
              .filter(({ id }) => id !== version.id)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {nameOf(one)}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <section aria-label="Differences" className="flex flex-col gap-4">
        {differences.length === 0 && <p className="text-soft text-sm">They say the same, word for word.</p>}
        {differences.map((difference) => (
          <Difference key={difference.title} difference={difference} />
        ))}
      </section>
    </Group>
  )
}

function Difference({ difference: { title, before, after } }: { readonly difference: CardDifference }) {
  const pieces = useMemo(() => diffWords(before, after), [before, after])
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{title}</h3>
      <p className="max-h-96 overflow-y-auto border-line border-l-2 pl-3 font-story text-[0.9375rem] leading-relaxed">
        {pieces.map(({ kind, text }, index) => {
          const { Mark, look } = marks[kind]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
            <Mark key={index} className={look}>
              <Lines text={text} />
            </Mark>
          )
        })}
      </p>
    </div>
  )
}

function nameOf({ name, createdAt }: CardVersion): string {
  return name ?? times.format(createdAt)
}
