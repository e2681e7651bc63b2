import { asNumber, asRecord, asString, isRecord } from '#lib/json-value.ts'

/** What a server says of a failure, however it wraps it. */
export interface ErrorBody {
  /** In the server's own words, all of them; empty when it gave none. */
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
    return { message: trimmed, tags: [], isHtml: false }
  }
}

/** The same for a value that is already parsed, such as the error inside a stream. */
export function readErrorValue(value: unknown): ErrorBody {
  if (typeof value === 'string') return { message: value, tags: [], isHtml: false }
  if (!isRecord(value)) return { message: '', tags: [], isHtml: false }
  const inner = value['error']
  const fields = asRecord(inner) ?? value
  const metadata = asRecord(fields['metadata'])
  const message = [fields['message'], inner, value['message'], detailText(value['detail']), value['text']]
    .map(asString)
    .find((candidate) => candidate !== undefined && candidate !== '')
  const code = asString(fields['code']) ?? asNumber(fields['code'])
  const status = [asNumber(fields['http_status_code']), asNumber(fields['status']), Number(code)].find(isStatus)
  const promptTokens = asNumber(fields['n_prompt_tokens'])
  const contextTokens = asNumber(fields['n_ctx'])
  return {
    message: (message ?? '').trim(),
    tags: [fields['type'], fields['error_type'], code, metadata?.['error_type'], metadata?.['reasons'] && 'moderation']
      .filter((tag) => typeof tag === 'string')
      .map((tag) => tag.toLowerCase()),
    ...(status !== undefined && { status }),
    ...(promptTokens !== undefined && { promptTokens }),
    ...(contextTokens !== undefined && { contextTokens }),
    isHtml: false,
  }
}

/** FastAPI says what is wrong as a string or as a list of `{loc, msg}`. */
function detailText(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail
  if (!Array.isArray(detail)) return undefined
  const lines = detail.map((item) => {
    const said = asString(asRecord(item)?.['msg'])
    const place = asRecord(item)?.['loc']
    return said && Array.isArray(place) ? `${place.join('.')}: ${said}` : said
  })
  return lines.every((line) => line !== undefined) ? lines.join('; ') : undefined
}

function isStatus(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 400 && value < 600
}

function pageTitle(html: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? html.replace(/<[^>]*>/g, ' ')
  return title.replace(/\s+/g, ' ').trim()
}
