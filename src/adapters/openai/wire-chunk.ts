import * as z from 'zod'

/** Text as servers send it: a string, null, or a list of parts (Mistral). Anything else counts as absent. */
const textSchema = z
  .union([
    z.string(),
    z
      .array(z.object({ text: z.string().optional().catch(undefined) }))
      .transform((parts) => parts.map((part) => part.text ?? '').join('')),
  ])
  .optional()
  .catch(undefined)

const countSchema = z.number().optional().catch(undefined)

const messageSchema = z.object({ content: textSchema, reasoning_content: textSchema, reasoning: textSchema })

const choiceSchema = z.object({
  delta: messageSchema.optional().catch(undefined),
  /** The whole reply, from a server that does not stream. */
  message: messageSchema.optional().catch(undefined),
  /** `/v1/completions`. */
  text: textSchema,
  finish_reason: z.string().optional().catch(undefined),
})

/**
 * One event of a reply. A field that is not as expected is dropped by itself, so that a server's oddity costs no more
 * than that field: `choices` may be null or empty, `content` null, and much else is sent along that we don't read.
 */
const chunkSchema = z.object({
  choices: z.array(choiceSchema).optional().catch(undefined),
  usage: z.object({ prompt_tokens: countSchema, completion_tokens: countSchema }).optional().catch(undefined),
  /** Ollama's native answer, which it also gives to a path that is nearly right. */
  message: messageSchema.optional().catch(undefined),
  done_reason: z.string().optional().catch(undefined),
  error: z.unknown().optional(),
})

export type WireChunk = z.infer<typeof chunkSchema>

/** Reads one event; undefined when it is no object. */
export function toWireChunk(value: unknown): WireChunk | undefined {
  const parsed = chunkSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
