import type { ChatBody, ImitatedKind } from './server-kinds.ts'

/** What a POST to a path of its own counts; undefined for 404. Tokens are of four characters, as in `usage`. */
export function countAnswer(kind: ImitatedKind, path: string, body: ChatBody & Record<string, unknown>): unknown {
  if ((kind === 'vllm' || kind === 'sglang') && path === '/tokenize') {
    return { count: tokensOf(body.prompt ?? textOf(body)), max_model_len: 32_768, tokens: [] }
  }
  if (kind !== 'llamacpp') return undefined
  if (path === '/v1/chat/completions/input_tokens') return { input_tokens: tokensOf(textOf(body)) }
  if (path === '/apply-template') return { prompt: textOf(body) }
  if (path === '/tokenize') return { tokens: Array.from({ length: tokensOf(String(body['content'])) }, (_, at) => at) }
  return undefined
}

function textOf({ messages = [] }: ChatBody): string {
  return messages.map(({ content }) => content).join('')
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}
