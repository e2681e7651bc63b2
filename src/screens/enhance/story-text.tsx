import { useState } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { readStoryText } from '#core/training/enhance/read-story-text.ts'
import { t } from '#lib/translate.ts'
import { useEnhancing } from '#state/enhancing.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/field.tsx'
import { FileButton } from '#ui/file-button.tsx'

/** A story that is only a text yet: it is kept as a chat, of which every turn can be read and enhanced. */
export function StoryText({ onKept }: { readonly onKept: (id: ConversationId) => void }) {
  const enhancing = useEnhancing()
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')

  async function keep() {
    const read = readStoryText(text)
    if (!read.ok) return setSaid(read.error.sentence)
    if (!enhancing) return
    const { turns, characters } = read.value
    onKept(await enhancing.keepStory({ ...read.value, title: titleOf(text) }))
    setText('')
    setSaid(
      t(
        'Kept as a chat: {turns, plural, one {# turn} other {# turns}} of {characters, plural, one {# character} other {# characters}}.',
        {
          turns: turns.length,
          characters: characters.length,
        },
      ),
    )
  }

  return (
    <details className="rounded-lg border border-line p-3">
      <summary className="cursor-pointer text-sm">{t('Or a story from a text')}</summary>
      <div className="mt-3 flex flex-col gap-3">
        <Field
          label={t('Story')}
          hint={t(
            'Lines that begin with “Name: ”, or prose, in which what is quoted belongs to whom the sentence names.',
          )}
        >
          {(ids) => <TextArea {...ids} rows={6} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <Button disabled={text.trim() === ''} onClick={() => void keep()}>
            {t('Keep it as a chat')}
          </Button>
          <FileButton
            label={t('Open a text file')}
            look="quiet"
            accept=".txt,.md,text/plain"
            isBusy={false}
            onFiles={([file]) => void file?.text().then(setText)}
          />
          <p role="status" className="text-soft text-sm">
            {said}
          </p>
        </div>
      </div>
    </details>
  )
}

/** The beginning of its first line. */
function titleOf(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length > 60 ? `${line.slice(0, 57).trimEnd()}…` : line
}
