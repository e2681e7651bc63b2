import { t } from '#lib/translate.ts'
import type { ServerKind } from './connection.ts'

/** How a reader opens a server of some kind to this page. `command` is one line to copy. */
export interface CorsRemedy {
  readonly remedy: string
  readonly command?: string
}

/** How to let pages of `origin` read what a server of `kind` answers; the flags are those of each server's manual. */
export function corsRemedy(kind: ServerKind, origin: string): CorsRemedy {
  switch (kind) {
    case 'vllm':
      return {
        remedy: t('Start {server} with {flag}, or without that flag: it allows every page by default.', {
          server: 'vLLM',
          flag: `--allowed-origins '["${origin}"]'`,
        }),
        command: `vllm serve <model> --allowed-origins '["${origin}"]'`,
      }
    case 'llamacpp':
      return {
        remedy: t('Start {server} with {flag}. With --tools, --agent or MCP it allows only pages from localhost.', {
          server: 'llama-server',
          flag: `--cors-origins "${origin}"`,
        }),
        command: `llama-server -m <model.gguf> --cors-origins "${origin}"`,
      }
    case 'ollama':
      return {
        remedy: t("Set {variable} in Ollama's environment and restart it.", { variable: `OLLAMA_ORIGINS=${origin}` }),
        command: `OLLAMA_ORIGINS=${origin} ollama serve`,
      }
    case 'lmstudio':
      return {
        remedy: t('In LM Studio, open Developer, Server Settings and turn on Enable CORS; or start it with lms.'),
        command: 'lms server start --cors',
      }
    case 'sglang':
      return {
        remedy: t(
          'SGLang allows every page, so something between it and the browser takes the headers away: look at the proxy.',
        ),
      }
    case 'openrouter':
    case 'openai':
      return { remedy: t('This service allows every page: a proxy, a firewall or a browser extension is in between.') }
    case 'demo':
    case 'in-page':
    case 'other':
      return {
        remedy: t(
          'Allow the origin {origin} on the server. vLLM: {vllm}. llama-server: {llamacpp}. Ollama: {ollama}. LM Studio: {lmstudio}. Servers that allow no Authorization header (TGI) must be left without a key.',
          {
            origin,
            vllm: `--allowed-origins '["${origin}"]'`,
            llamacpp: `--cors-origins "${origin}"`,
            ollama: `OLLAMA_ORIGINS=${origin}`,
            lmstudio: 'lms server start --cors',
          },
        ),
      }
  }
}
