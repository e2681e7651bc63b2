import { useState } from 'react'
import { canContinue } from '#core/connection.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { useConnectionOfTurn } from '#state/bound-connection.ts'
import type { Players } from '#state/cast.ts'
import { useServices } from '#state/services.tsx'
import { Field, Select, TextArea } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { layerLabels } from './layer-labels.ts'

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly players: Players
  readonly onClose: () => void
}

/** Changes one part of a reply, a thought first of all, and has what follows made anew. */
export function SteerDialog({ turn, reply, players, onClose }: Props) {
  const { chat } = useServices()
  const connection = useConnectionOfTurn(turn)
  const { segments } = reply
  const [place, setPlace] = useState(() =>
    Math.max(
      0,
      segments.findIndex((segment) => segment.layer === 'role_thinking'),
    ),
  )
  const [text, setText] = useState(segments[place]?.text ?? '')
  const name = players.labelOf(turn.speaker)
  const layer = segments[place]?.layer ?? 'role_thinking'

  function choose(index: number) {
    setPlace(index)
    setText(segments[index]?.text ?? '')
  }

  async function steer() {
    onClose()
    const opening = [...segments.slice(0, place), { layer, text: text.trim(), closed: true }]
    await chat.retake(turn.conversationId, turn.id, opening)
  }

  return (
    <FormDialog
      title={t('Steer the thought')}
      submitLabel={t('Say it from here')}
      canSubmit={text.trim() !== ''}
      onSubmit={() => void steer()}
      onClose={onClose}
    >
      <p className="text-sm text-soft">
        {t(
          'Everything before this part is kept. What {name} thinks, does and says after it is made anew, as another take.',
          { name },
        )}
      </p>
      {segments.length > 1 && (
        <Field label={t('Which part')}>
          {(ids) => (
            <Select {...ids} value={place} onChange={(event) => choose(Number(event.target.value))}>
              {segments.map((segment, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a reply never move
                <option key={index} value={index}>
                  {layerLabels[segment.layer]}: {segment.text.slice(0, 70)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t('{layer} instead', { layer: layerLabels[layer] })}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content max-h-72 min-h-24 font-story italic sm:text-base"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {connection && !canContinue(connection) && (
        <p className="text-faint text-xs">
          {t(
            'This server can’t go on from words it is given, so the model is told to in the prompt. vLLM, SGLang and llama.cpp do it for certain.',
          )}
        </p>
      )}
    </FormDialog>
  )
}
