import { useState } from 'react'
import { canContinue } from '#core/connection.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply, Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import type { Players } from '#state/cast.ts'
import { useActiveConnection } from '#state/connections.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextArea } from '#ui/field.tsx'

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly players: Players
  readonly onClose: () => void
}

/** Changes what the character thought, and has what follows said anew. */
export function SteerDialog({ turn, reply, players, onClose }: Props) {
  const { chat } = useServices()
  const connection = useActiveConnection()
  const thoughts = reply.segments.flatMap((segment, index) => (segment.layer === 'role_thinking' ? [index] : []))
  const [place, setPlace] = useState(thoughts[0] ?? 0)
  const [text, setText] = useState(reply.segments[place]?.text ?? '')
  const name = players.labelOf(turn.speaker)
  const can = connection !== undefined && canContinue(connection)

  function choose(index: number) {
    setPlace(index)
    setText(reply.segments[index]?.text ?? '')
  }

  async function steer() {
    const thought: Segment = { layer: 'role_thinking', text, closed: true }
    onClose()
    await chat.steer(turn.conversationId, turn.id, writeReply([...reply.segments.slice(0, place), thought]))
  }

  return (
    <Dialog title="Steer the thought" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void steer()
        }}
      >
        <p className="text-sm text-soft">
          Everything before this thought is kept. What {name} does and says after it is made anew, as another take.
        </p>
        {thoughts.length > 1 && (
          <Field label="Which thought">
            {(ids) => (
              <Select {...ids} value={place} onChange={(event) => choose(Number(event.target.value))}>
                {thoughts.map((index) => (
                  <option key={index} value={index}>
                    {reply.segments[index]?.text.slice(0, 80)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={`What ${name} thinks instead`}>
          {(ids) => (
            <TextArea
              {...ids}
              className="field-sizing-content min-h-24 font-story italic sm:text-base"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {!can && (
          <p role="alert" className="text-danger text-sm">
            This server was found unable to go on from words it is given, so a thought can't be kept. Connect one that
            can: vLLM, SGLang or llama.cpp.
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!can || text.trim() === ''}>
            Say it from here
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
