import type { ServerKind } from './connection.ts'

const kindsByPort: Readonly<Record<string, ServerKind>> = {
  '8000': 'vllm',
  '30000': 'sglang',
  '8080': 'llamacpp',
  '11434': 'ollama',
  '1234': 'lmstudio',
}

/**
 * Which program probably answers at an address, by its host and the port it listens on unless told otherwise. Only
 * for wording a remedy when the browser lets us read nothing of its answer.
 */
export function guessServerKind(baseUrl: string): ServerKind {
  if (!URL.canParse(baseUrl)) return 'other'
  const url = new URL(baseUrl)
  if (isHostOf(url, 'openrouter.ai')) return 'openrouter'
  if (isHostOf(url, 'openai.com')) return 'openai'
  return kindsByPort[url.port] ?? 'other'
}

function isHostOf(url: URL, domain: string): boolean {
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`)
}
