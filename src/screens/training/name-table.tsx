import { Plus, X } from 'lucide-react'
import type { NameReplacement } from '#core/training/replace-names.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { TextInput } from '#ui/field.tsx'

interface Props {
  readonly table: readonly NameReplacement[]
  readonly onChange: (table: readonly NameReplacement[]) => void
}

/** Which names and places do not go out. */
export function NameTable({ table, onChange }: Props) {
  const change = (at: number, part: Partial<NameReplacement>) =>
    onChange(table.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <div className="flex flex-col gap-2">
      {table.length > 0 && (
        <ul aria-label={t('Names')} className="flex flex-col gap-2">
          {table.map(({ from, to }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is what stands at its place; its name is being typed
            <li key={index} className="flex items-center gap-2">
              <TextInput
                aria-label={t('Name or place')}
                placeholder={t('Name or place')}
                className="min-w-0 flex-1"
                value={from}
                onChange={(event) => change(index, { from: event.target.value })}
              />
              <span aria-hidden className="text-faint rtl:-scale-x-100">
                →
              </span>
              <TextInput
                aria-label={t('In place of {name}', { name: from || t('the name') })}
                placeholder={t('Stays as it is')}
                className="min-w-0 flex-1"
                value={to}
                onChange={(event) => change(index, { to: event.target.value })}
              />
              <Button
                look="quiet"
                aria-label={t('Take {name} away', { name: from || t('the name') })}
                onClick={() => onChange(table.filter((_, at) => at !== index))}
              >
                <X aria-hidden className="size-4" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button look="quiet" className="self-start" onClick={() => onChange([...table, { from: '', to: '' }])}>
        <Plus aria-hidden className="size-4" />
        {t('Replace a name')}
      </Button>
    </div>
  )
}
