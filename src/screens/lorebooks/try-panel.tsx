import type { CharacterId } from '#core/ids.ts'
import type { LoreVerdict } from '#core/lorebook/explain.ts'
import type { Lorebook } from '#core/lorebook/lorebook.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { Field, Select, TextArea } from '#ui/field.tsx'

interface Tried {
  readonly text: string
  readonly readerId: CharacterId | undefined
}

interface Props {
  readonly book: Lorebook
  readonly tried: Tried
  readonly verdicts: ReadonlyMap<string, LoreVerdict> | undefined
  readonly onChange: (tried: Tried) => void
}

/** Tries a text against the book: what of it would fire, and why. */
export function TryPanel({ book, tried, verdicts, onChange }: Props) {
  const characters = useCatalogue() ?? []
  const { text, readerId } = tried
  const used = [...(verdicts?.values() ?? [])].filter(({ outcome }) => outcome === 'used')
  return (
    <details className="text-sm">
      <summary className="text-soft">{t('Try a text')}</summary>
      <div className="mt-2 flex flex-col gap-2">
        <Field label={t('What was said')} hint={t('An empty line begins the next message; the last is the newest.')}>
          {(ids) => (
            <TextArea
              {...ids}
              className="field-sizing-content max-h-40 min-h-20"
              value={text}
              onChange={(event) => onChange({ ...tried, text: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('Who hears it')}>
          {(ids) => (
            <Select
              {...ids}
              value={readerId ?? ''}
              onChange={(event) =>
                onChange({ ...tried, readerId: characters.find(({ id }) => id === event.target.value)?.id })
              }
            >
              <option value="">{t('A character nothing is private to')}</option>
              {characters.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <p role="status" className="text-soft">
          {verdicts &&
            t('{used, number} of {all, number} would be in the prompt.', {
              used: used.length,
              all: book.entries.length,
            })}
        </p>
      </div>
    </details>
  )
}
