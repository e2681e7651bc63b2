import * as z from 'zod/mini'
import { lenient, lenientNumber, lenientString } from './lenient.ts'

const errorSchema = z.object({
  message: lenientString,
  type: lenientString,
  code: lenient(z.union([z.string(), z.number()])),
  status: lenientNumber,
  http_status_code: lenientNumber,
  error_type: lenientString,
  n_prompt_tokens: lenientNumber,
  n_ctx: lenientNumber,
  metadata: lenient(z.object({ error_type: lenientString, raw: lenientString, reasons: z.optional(z.unknown()) })),
})

/** What a server says of a failure, however it wraps it. */
export interface ErrorBody {
  /** In the server's own words; empty when it gave none. */
  readonly message: string
  /** Every word that classifies the error: type, code, metadata. Lower case. */
  readonly tags: readonly string[]
  /** The HTTP status it names itself. */
  readonly status?: number
  readonly promptTokens?: number
  readonly contextTokens?: number
  /** It is a web page. */
  readonly isHtml: boolean
}

/**
 * Reads the body of a failure: `{error: {message, …}}` (OpenAI, vLLM, llama.cpp), `{error: "…"}` (TGI, Ollama, vLLM's
 * 401), flat `{message, …}` (SGLang), `{detail}` (FastAPI), plain text, or a proxy's web page.
 */
export function readErrorBody(text: string): ErrorBody {
  const trimmed = text.trim()
  if (trimmed.startsWith('<')) return { message: pageTitle(trimmed), tags: [], isHtml: true }
  try {
    return readErrorValue(JSON.parse(trimmed))
  } catch {
    return { message: trimmed.slice(0, 500), tags: [], isHtml: false }
  }
}

/** The same for a value that is already parsed, such as the error inside a stream. */
export function readErrorValue(value: unknown): ErrorBody {
  if (typeof value === 'string') return { message: value.slice(0, 500), tags: [], isHtml: false }
  const outer = z.object({
    error: z.optional(z.unknown()),
    detail: z.optional(z.unknown()),
    message: z.optional(z.unknown()),
    text: z.optional(z.unknown()),
  })
  const body = outer.safeParse(value)
  if (!body.success) return { message: '', tags: [], isHtml: false }
  const inner = body.data.error
  const error = errorSchema.safeParse(typeof inner === 'object' && inner !== null ? inner : value)
  const fields = error.success ? error.data : undefined
  const message =
    [fields?.message, inner, body.data.message, detailText(body.data.detail), body.data.text].find(
      (candidate): candidate is string => typeof candidate === 'string' && candidate !== '',
    ) ?? ''
  const code = fields?.code
  const status = [fields?.http_status_code, fields?.status, Number(code)].find(isStatus)
  return {
    message: message.trim().slice(0, 500),
    tags: [
      fields?.type,
      fields?.error_type,
      code,
      fields?.metadata?.error_type,
      fields?.metadata?.reasons && 'moderation',
    ]
      .filter((tag) => typeof tag === 'string')
      .map((tag) => tag.toLowerCase()),
    ...(status !== undefined && { status }),
    ...(fields?.n_prompt_tokens !== undefined && { promptTokens: fields.n_prompt_tokens }),
    ...(fields?.n_ctx !== undefined && { contextTokens: fields.n_ctx }),
    isHtml: false,
  }
}

/** FastAPI says what is wrong as a string or as a list of `{loc, msg}`. */
function detailText(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail
  const list = z.array(z.object({ msg: z.string(), loc: z.optional(z.array(z.union([z.string(), z.number()]))) }))
  const parsed = list.safeParse(detail)
  if (!parsed.success) return undefined
  return parsed.data.map(({ msg, loc }) => (loc ? `${loc.join('.')}: ${msg}` : msg)).join('; ')
}

function isStatus(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 400 && value < 600
}

function pageTitle(html: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? html.replace(/<[^>]*>/g, ' ')
  return title.replace(/\s+/g, ' ').trim().slice(0, 200)
}
