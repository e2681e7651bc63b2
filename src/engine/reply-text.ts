import { createReasoningJoiner } from '#core/her/join-reasoning.ts'
import { createReplyParser } from '#core/her/parse.ts'
import type { Reply } from '#core/her/segment.ts'
import { createToldReply } from '#core/her/told-reply.ts'
import { writeReply } from '#core/her/write.ts'
import type { ModelPart } from '#ports/model.ts'
import type { PreparedReply } from './prepared-reply.ts'
import type { Writing } from './stream-within-plan.ts'

/** The text of a reply as its stream brings it, and how it reads so far. */
export interface ReplyText {
  /** As far as it is there. */
  readonly reply: Reply
  /** Planning that was written anew by a model that was told to keep what there was; mostly there is none. */
  readonly leftOut: string
  readonly writing: Pick<Writing, 'openPlanning' | 'closePlanning'>
  /** Takes a part of the stream; one that is no text of the reply changes nothing. */
  push(part: ModelPart): void
  /** The stream is over, or broke: what was held back is given out. */
  end(): void
  /** The whole reply, after its end; nothing can be pushed any more. */
  finish(): Reply
}

/**
 * @param begun what the reply has already; empty where it begins anew.
 * @param onText gets each piece that is added to the reply.
 */
export function createReplyText(
  { prefill, reader, request }: Pick<PreparedReply, 'prefill' | 'reader' | 'request'>,
  begun: string,
  onText: (text: string, reply: Reply) => void,
): ReplyText {
  const parser = createReplyParser(reader)
  const told = prefill === 'told' ? createToldReply(begun, [reader.speaker, ...reader.aliases]) : undefined
  let join = createReasoningJoiner()
  let opened = ''
  let reply = parser.push(begun)

  function take(text: string): void {
    if (text === '') return
    reply = parser.push(text)
    onText(text, reply)
  }

  return {
    get reply() {
      return reply
    },
    get leftOut() {
      return told?.leftOut ?? ''
    },
    writing: {
      openPlanning: () => (reply.open === 'system_thinking' ? reply.segments.at(-1)?.text : undefined),
      closePlanning: () => {
        take('</system_thinking>')
        join = createReasoningJoiner()
        return writeReply(reply.segments)
      },
    },
    push: (part) => {
      if (part.type === 'stream-start') {
        if (part.prefilled && prefill === 'planning') opened = request.prefill ?? ''
      } else if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
        // Only now: a stream that fails before its first word has said nothing.
        take(opened)
        opened = ''
        const text = join(part)
        take(told ? told.push(text) : text)
      }
    },
    end: () => {
      if (told) take(told.finish())
    },
    finish: () => parser.finish(),
  }
}
