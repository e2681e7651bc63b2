import * as z from 'zod/mini'
import { serverRoot } from '#core/base-url.ts'
import type { Connection } from '#core/connection.ts'
import { type Asking, ask } from './ask.ts'
import type { WireRequest } from './build-request.ts'
import { lenientCount } from './lenient.ts'

const countSchema = z.object({ count: lenientCount })
const inputSchema = z.object({ input_tokens: lenientCount })
const tokensSchema = z.object({ tokens: z.array(z.unknown()) })
const promptSchema = z.object({ prompt: z.string() })

/**
 * Asks a server how many tokens the prompt of a request takes, its chat template and prefill included. vLLM and SGLang
 * count at `/tokenize`; llama.cpp at `/v1/chat/completions/input_tokens`, before it had that by applying its template
 * and counting the result. Other servers have no such path: undefined, and nothing is asked.
 */
export async function countTokens(
  { kind, baseUrl, model }: Pick<Connection, 'kind' | 'baseUrl' | 'model'>,
  request: WireRequest,
  asking: Asking,
): Promise<number | undefined> {
  const root = serverRoot(baseUrl)
  const post = async <Shape>(url: string, body: unknown, schema: z.ZodMiniType<Shape>): Promise<Shape | undefined> => {
    const answer = await ask(url, { ...asking, body })
    return answer?.ok ? schema.safeParse(toJson(answer.text)).data : undefined
  }
  if (kind === 'vllm' || kind === 'sglang') {
    const prompt = request.path === 'chat' ? chatPrompt(request) : { prompt: request.body.prompt }
    return (await post(`${root}/tokenize`, { model, ...prompt }, countSchema))?.count
  }
  if (kind !== 'llamacpp') return undefined
  const countText = async (content: unknown) =>
    (await post(`${root}/tokenize`, { content }, tokensSchema))?.tokens.length
  if (request.path === 'completions') return countText(request.body.prompt)
  const counted = await post(`${baseUrl}/chat/completions/input_tokens`, request.body, inputSchema)
  if (counted?.input_tokens) return counted.input_tokens
  const applied = await post(`${root}/apply-template`, chatPrompt(request), promptSchema)
  return applied && countText(applied.prompt)
}

/** What of a chat request decides its prompt. */
function chatPrompt({ body }: Extract<WireRequest, { path: 'chat' }>) {
  const { messages, continue_final_message, add_generation_prompt, chat_template_kwargs } = body
  return {
    messages,
    ...(continue_final_message && { continue_final_message, add_generation_prompt }),
    ...(chat_template_kwargs && { chat_template_kwargs }),
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
