import { useState } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply, Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { layerLabels } from './layer-labels.ts'

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly onClose: () => void
}

/** Changes the words of a turn, layer by layer. The old words stay, as a take. */
export function EditDialog({ turn, reply, onClose }: Props) {
  const { chat } = useServices()
  const isUser = turn.speaker.kind === 'user'
  const [segments, setSegments] = useState<readonly Segment[]>(() =>
    isUser ? [{ layer: 'speech', text: turn.raw, closed: true }] : reply.segments,
  )
  const setText = (index: number, text: string) =>
    setSegments(segments.map((segment, at) => (at === index ? { ...segment, text } : segment)))

  async function save(ask: boolean) {
    const kept = segments
      .filter((segment) => segment.text.trim() !== '')
      .map((segment) => ({ ...segment, closed: true }))
    const raw = isUser ? (segments[0]?.text ?? '') : writeReply(kept)
    const id = await chat.edit(turn.conversationId, turn.id, raw, isUser ? 'player' : 'her')
    onClose()
    if (ask) await chat.again(turn.conversationId, id)
  }

  return (
    <FormDialog
      title={t('Edit')}
      onSubmit={() => void save(false)}
      onClose={onClose}
      actions={isUser && <Button onClick={() => void save(true)}>{t('Save and ask for a reply')}</Button>}
    >
      {segments.map((segment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments keep their place while they are edited
        <Field key={index} label={isUser ? t('Your words') : layerLabels[segment.layer]}>
          {(ids) => (
            <TextArea
              {...ids}
              className="field-sizing-content max-h-72 font-story sm:text-base"
              value={segment.text}
              onChange={(event) => setText(index, event.target.value)}
            />
          )}
        </Field>
      ))}
      <p className="text-faint text-xs">
        {t('The old words stay as a take of this turn; what came after them stays with them.')}
      </p>
    </FormDialog>
  )
}
