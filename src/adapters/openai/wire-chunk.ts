import * as z from 'zod/mini'
import { lenient, lenientNumber, lenientString } from './lenient.ts'

/** Text as servers send it: a string, null, or a list of parts (Mistral). Anything else counts as absent. */
const textSchema = lenient(
  z.union([
    z.string(),
    z.pipe(
      z.array(z.object({ text: lenientString })),
      z.transform((parts) => parts.map((part) => part.text ?? '').join('')),
    ),
  ]),
)

const messageSchema = z.object({ content: textSchema, reasoning_content: textSchema, reasoning: textSchema })

const choiceSchema = z.object({
  delta: lenient(messageSchema),
  /** The whole reply, from a server that does not stream. */
  message: lenient(messageSchema),
  /** `/v1/completions`. */
  text: textSchema,
  finish_reason: lenientString,
})

/**
 * One event of a reply. A field that is not as expected is dropped by itself, so that a server's oddity costs no more
 * than that field: `choices` may be null or empty, `content` null, and much else is sent along that we don't read.
 */
const chunkSchema = z.object({
  choices: lenient(z.array(choiceSchema)),
  usage: lenient(z.object({ prompt_tokens: lenientNumber, completion_tokens: lenientNumber })),
  /** Ollama's native answer, which it also gives to a path that is nearly right. */
  message: lenient(messageSchema),
  done_reason: lenientString,
  error: z.optional(z.unknown()),
})

export type WireChunk = z.infer<typeof chunkSchema>

/** Reads one event; undefined when it is no object. */
export function toWireChunk(value: unknown): WireChunk | undefined {
  const parsed = chunkSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
