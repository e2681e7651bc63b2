import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { TextArea, TextInput } from '#ui/field.tsx'
import { Tokens } from './card-field.tsx'

interface Row {
  readonly key: number
  readonly name: string
  readonly text: string
}

interface Props {
  readonly relationships: Readonly<Record<string, string>>
  readonly onChange: (relationships: Readonly<Record<string, string>>) => void
}

/** How the character stands to others, one by one. A row without a name is kept on the page until it has one. */
export function RelationshipsField({ relationships, onChange }: Props) {
  const [rows, setRows] = useState<readonly Row[]>(() =>
    Object.entries(relationships).map(([name, text], key) => ({ key, name, text })),
  )

  function write(next: readonly Row[]) {
    setRows(next)
    const named = next.filter(({ name }) => name.trim() !== '')
    onChange(Object.fromEntries(named.map(({ name, text }) => [name.trim(), text])))
  }
  const edit = (key: number, change: Partial<Row>) =>
    write(rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
  const add = () => setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, name: '', text: '' }])

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t('Relationships')}</legend>
      {rows.map(({ key, name, text }, index) => (
        <div key={key} className="flex flex-wrap items-start gap-2 rounded-xl border border-line p-2 sm:flex-nowrap">
          <TextInput
            aria-label={t('Name of relationship {number, number}', { number: index + 1 })}
            placeholder={t('Name')}
            className="sm:w-40 sm:shrink-0"
            value={name}
            onChange={(event) => edit(key, { name: event.target.value })}
          />
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <TextArea
              aria-label={
                name.trim()
                  ? t('What {name} is to them', { name: name.trim() })
                  : t('What relationship {number, number} is to them', { number: index + 1 })
              }
              placeholder={t('What they are to each other')}
              className="field-sizing-content min-h-10"
              value={text}
              onChange={(event) => edit(key, { text: event.target.value })}
            />
            <Tokens text={text} />
          </div>
          <Button
            look="quiet"
            aria-label={
              name.trim()
                ? t('Remove {name}', { name: name.trim() })
                : t('Remove relationship {number, number}', { number: index + 1 })
            }
            onClick={() => write(rows.filter((row) => row.key !== key))}
          >
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      ))}
      <Button look="quiet" className="-ms-2.5 self-start" onClick={add}>
        <Plus aria-hidden className="size-4" /> {t('Add a relationship')}
      </Button>
    </fieldset>
  )
}
