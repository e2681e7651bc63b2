import { useState } from 'react'
import { estimateTokens } from '#core/prompt/estimate.ts'
import type { KnownMemory } from '#core/scene/remembering.ts'
import { locale } from '#lib/translate.ts'
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
      <Field label="What is remembered" hint={describe(known)}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content max-h-[40dvh] min-h-24 font-story leading-relaxed sm:text-base"
            value={text}
            placeholder="Nothing yet. The model can write it, or you."
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      {isChanged && (
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setText(before)}>Undo the changes</Button>
          <Button type="submit" look="primary">
            Save as a new version
          </Button>
        </div>
      )}
    </form>
  )
}

function describe(known: KnownMemory | undefined): string {
  if (!known) return 'The turns themselves are sent, as far as they fit.'
  const { version, turns } = known
  const standsFor = turns === 1 ? 'Stands for turn 1' : `Stands for turns 1–${turns}`
  return `${standsFor}, which are not sent · ≈ ${estimateTokens(version.text)} tokens · written by ${authorOf(version)}, ${dates.format(version.createdAt)}`
}

/** Who wrote a version. */
export function authorOf({ writtenBy }: Pick<KnownMemory['version'], 'writtenBy'>): string {
  return writtenBy === 'reader' ? 'you' : 'the model'
}
