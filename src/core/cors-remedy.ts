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
        remedy: `Start vLLM with --allowed-origins '["${origin}"]', or without that flag: it allows every page by default.`,
        command: `vllm serve <model> --allowed-origins '["${origin}"]'`,
      }
    case 'llamacpp':
      return {
        remedy: `Start llama-server with --cors-origins "${origin}". With --tools, --agent or MCP it allows only pages from localhost.`,
        command: `llama-server -m <model.gguf> --cors-origins "${origin}"`,
      }
    case 'ollama':
      return {
        remedy: `Set OLLAMA_ORIGINS=${origin} in Ollama's environment and restart it.`,
        command: `OLLAMA_ORIGINS=${origin} ollama serve`,
      }
    case 'lmstudio':
      return {
        remedy: 'In LM Studio, open Developer, Server Settings and turn on Enable CORS; or start it with lms.',
        command: 'lms server start --cors',
      }
    case 'sglang':
      return {
        remedy:
          'SGLang allows every page, so something between it and the browser takes the headers away: look at the proxy.',
      }
    case 'openrouter':
    case 'openai':
      return { remedy: 'This service allows every page: a proxy, a firewall or a browser extension is in between.' }
    case 'demo':
    case 'in-page':
    case 'other':
      return {
        remedy:
          `Allow the origin ${origin} on the server. vLLM: --allowed-origins '["${origin}"]'. llama-server: ` +
          `--cors-origins "${origin}". Ollama: OLLAMA_ORIGINS=${origin}. LM Studio: lms server start --cors. ` +
          'Servers that allow no Authorization header (TGI) must be left without a key.',
      }
  }
}
