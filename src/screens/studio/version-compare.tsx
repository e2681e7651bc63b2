import { useMemo, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { CardVersion } from '#core/cards/card-history.ts'
import { type CardDifference, compareCards } from '#core/cards/compare-cards.ts'
import { locale, t } from '#lib/translate.ts'
import { Field, Select } from '#ui/field.tsx'
import { Group } from './group.tsx'
import { DiffText } from './tabs/diff-text.tsx'

const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

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
    <Group title={t('“{version}” compared', { version: nameOf(version) })}>
      <Field label={t('With')}>
        {(ids) => (
          <Select {...ids} value={otherId} onChange={(event) => setOther(event.target.value)}>
            <option value="">{t('The card as it stands now')}</option>
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
      <section aria-label={t('Differences')} className="flex flex-col gap-4">
        {differences.length === 0 && <p className="text-soft text-sm">{t('They say the same, word for word.')}</p>}
        {differences.map((difference) => (
          <Difference key={difference.title} difference={difference} />
        ))}
      </section>
    </Group>
  )
}

function Difference({ difference: { title, before, after } }: { readonly difference: CardDifference }) {
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{title}</h3>
      <DiffText label={title} before={before} after={after} />
    </div>
  )
}

function nameOf({ name, createdAt }: CardVersion): string {
  return name ?? times.format(createdAt)
}
