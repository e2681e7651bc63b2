import { useState } from 'react'
import { estimateTokens } from '#core/prompt/estimate.ts'
import type { KnownMemory } from '#core/scene/remembering.ts'
import { locale, t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/field.tsx'

interface Props {
  readonly known: KnownMemory | undefined
  readonly onWrite: (text: string) => void
}

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** The summary that stands now, to be read and changed; a change is another version. */
export function MemoryText({ known, onWrite }: Props) {
  const before = known?.version.text ?? ''
  const [text, setText] = useState(before)
  const words = text.trim()
  const isChanged = words !== '' && words !== before
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onWrite(words)
      }}
    >
      <Field label={t('What is remembered')} hint={describe(known)}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content max-h-[40dvh] min-h-24 font-story leading-relaxed sm:text-base"
            value={text}
            placeholder={t('Nothing yet. The model can write it, or you.')}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      {isChanged && (
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setText(before)}>{t('Undo the changes')}</Button>
          <Button type="submit" look="primary">
            {t('Save as a new version')}
          </Button>
        </div>
      )}
    </form>
  )
}

function describe(known: KnownMemory | undefined): string {
  if (!known) return t('The turns themselves are sent, as far as they fit.')
  const { version, turns } = known
  return [
    t('{turns, plural, one {Stands for turn 1, which is not sent} other {Stands for turns 1–#, which are not sent}}', {
      turns,
    }),
    t('≈ {tokens, number} tokens', { tokens: estimateTokens(version.text) }),
    version.writtenBy === 'reader'
      ? t('written by you, {date}', { date: dates.format(version.createdAt) })
      : t('written by the model, {date}', { date: dates.format(version.createdAt) }),
  ].join(' · ')
}
