import { exhaustive } from '#lib/exhaustive.ts'
import type { ServerKind } from './connection.ts'
import { corsRemedy } from './cors-remedy.ts'
import { guessServerKind } from './guess-server-kind.ts'
import type { ModelError } from './model-error.ts'

/** An error in words for a reader. */
export interface ErrorDescription {
  readonly title: string
  /** What happened, in one or two sentences. */
  readonly sentence: string
  /** What to do about it. */
  readonly remedy: string
  /** One line to copy into a terminal. */
  readonly command?: string
  /**
   * What has to happen before another try: nothing, some time, a change of the connection, a shorter prompt, or room
   * on the disk.
   */
  readonly retry: 'now' | 'after' | 'settings' | 'prompt' | 'storage'
  /** With `after`, how long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number
}

/**
 * Puts an error into words. `kind` is the server's, where it is known; else it is guessed from the address, so that
 * the remedy can name the flag to start that server with. What the server said is quoted as text, never as markup.
 */
export function describeModelError(error: ModelError, kind?: ServerKind): ErrorDescription {
  switch (error.kind) {
    case 'bad-address':
      return {
        title: 'Not an address',
        sentence: `“${shorten(error.address)}” is not the address of a server.`,
        remedy: 'Give something like http://localhost:8000/v1.',
        retry: 'settings',
      }
    case 'unreachable':
      return error.offline
        ? {
            title: 'You are offline',
            sentence: 'This device has no network at the moment.',
            remedy: 'Try again when it is back. A model on this very machine works without.',
            retry: 'now',
          }
        : {
            title: 'Nothing answers',
            sentence: `Nothing answers at ${error.baseUrl}.`,
            remedy: `Check that the server runs and that the address and the port are right.${startHint(knownKind(error.baseUrl, kind))}`,
            retry: 'now',
          }
    case 'cors':
      return {
        title: 'The browser may not read the answer',
        sentence: `A server answers at ${error.baseUrl}, but it does not allow pages from ${error.origin} (CORS).`,
        ...corsRemedy(knownKind(error.baseUrl, kind), error.origin),
        retry: 'settings',
      }
    case 'mixed-content':
      return {
        title: 'Blocked: a secure page, an insecure server',
        sentence: `This page came over https, so the browser does not let it call ${error.baseUrl}, which is plain http.`,
        remedy:
          'Serve the model over https, give its address in numbers (192.168.…) or as a .local name, or open Subtext from your own machine with npm start.',
        retry: 'settings',
      }
    case 'local-network':
      return {
        title: 'The browser blocks your own network',
        sentence: error.insecurePage
          ? `This page came over plain http, and from such pages the browser refuses ${error.baseUrl} on your network.`
          : `The browser has not given this page leave to reach ${error.baseUrl} on your own machine or network.`,
        remedy: error.insecurePage
          ? 'Open Subtext over https, or from your own machine with npm start.'
          : 'Allow it: the icon left of the address bar, Site settings, “Local network access” (or “Apps on device”), Allow. Then try again.',
        retry: 'settings',
      }
    case 'wrong-path':
      return {
        title: 'No model behind this address',
        sentence: `Something answers at ${error.baseUrl}, but it is not an OpenAI-compatible API (status ${error.status}).${quote(error.detail)}`,
        remedy: 'Give the base URL, which most often ends in /v1, and not the address of a web page.',
        retry: 'settings',
      }
    case 'unauthorized':
      return {
        title: error.hasKey ? 'The key was refused' : 'A key is needed',
        sentence: error.guessed
          ? `The server answers, but hides the model list from the browser. That is how vLLM and SGLang refuse a ${error.hasKey ? 'wrong' : 'missing'} key.`
          : `The server ${error.hasKey ? 'does not accept the API key' : 'asks for an API key'}.${quote(error.detail)}`,
        remedy: keyRemedy(kind),
        retry: 'settings',
      }
    case 'unknown-model':
      return {
        title: 'Unknown model',
        sentence: `The server has no model called “${shorten(error.model)}”.${quote(error.detail)}`,
        remedy:
          kind === 'ollama'
            ? 'Choose another model in the connection, or pull this one first.'
            : 'Choose another model in the connection.',
        ...(kind === 'ollama' && { command: `ollama pull ${error.model}` }),
        retry: 'settings',
      }
    case 'rate-limited':
      return {
        title: 'Too many requests',
        sentence: `The server asks to wait${error.retryAfterMs === undefined ? ' a little' : ` ${seconds(error.retryAfterMs)}`}.${quote(error.detail)}`,
        remedy: 'Try again after that. Another model or account may be less busy.',
        ...after(error.retryAfterMs),
      }
    case 'loading':
      return {
        title: 'The model is loading',
        sentence: `The server is there and still loads the model.${quote(error.detail)}`,
        remedy: 'Try again in a moment; large models take minutes.',
        ...after(error.retryAfterMs),
      }
    case 'context-too-long':
      return {
        title: 'Too long for this model',
        sentence: contextSentence(error),
        remedy: contextRemedy(kind),
        retry: 'prompt',
      }
    case 'rejected':
      return {
        title: 'The server refused the request',
        sentence: `The server refused the request (status ${error.status}).${quote(error.detail)}`,
        remedy:
          error.status === 402 || error.status === 429
            ? 'The account has run out of credit: top it up, or use another connection.'
            : 'Test the connection again, so that only what this server takes is sent; or lower the reply length in its settings.',
        retry: 'settings',
      }
    case 'server-error':
      return {
        title: 'The server failed',
        sentence: `The server reported an error of its own${error.status === undefined ? '' : ` (status ${error.status})`}.${quote(error.detail)}`,
        remedy: 'Try again. If it comes back, the server’s own log says more.',
        ...(error.retryAfterMs === undefined ? { retry: 'now' } : after(error.retryAfterMs)),
      }
    case 'stalled':
      return {
        title: 'The server fell silent',
        sentence: `Nothing has come from the server for ${seconds(error.silentMs)}.`,
        remedy: 'Try again. It may be busy, or it was shut down in the middle.',
        retry: 'now',
      }
    case 'cut':
      return {
        title: 'The reply was cut off',
        sentence: `The connection ended before the reply did. What arrived is kept.${quote(error.detail)}`,
        remedy: 'Continue it, or try again.',
        retry: 'now',
      }
    case 'empty':
      return {
        title: 'An empty reply',
        sentence:
          error.finishReason === 'content_filter'
            ? 'The server’s content filter held the reply back.'
            : 'The model ended its turn without a word.',
        remedy: 'Try again, or say something that calls for an answer.',
        retry: 'now',
      }
    case 'in-page': {
      const [title, sentence, remedy] = inPageWords[error.problem]
      return {
        title,
        sentence: `${sentence}${quote(error.detail)}`,
        remedy,
        retry: error.problem === 'broken' ? 'now' : 'settings',
      }
    }
    case 'unsealed':
      return {
        title: 'The request was not sent',
        sentence: `It held ${foreign(error)} that are not this character’s to know. Nothing has left this page.`,
        remedy:
          'See which in “What the model sees”. Where they stand in a memory, write that anew; else please report it.',
        retry: 'prompt',
      }
    case 'storage-full':
      return {
        title: 'Could not be saved',
        sentence: `This browser could not write the reply to its disk.${quote(error.detail)}`,
        remedy: 'Make room (delete old chats, or free disk space), then try again. What you see is not yet kept.',
        retry: 'storage',
      }
    default:
      return exhaustive(error)
  }
}

const inPageWords = {
  gone: ['The model’s file is not here', 'Its weights are not in this browser.', 'Get or choose them in Connections.'],
  memory: [
    'Not enough memory',
    'The model does not fit.',
    'Lower its context, close other tabs, or take a smaller one.',
  ],
  unfit: ['The model can’t be loaded', 'The engine in this page can’t use its file.', 'Take another file or model.'],
  refused: ['The engine can’t start', 'This browser does not run it.', 'Use a current Chrome, Edge or Firefox.'],
  broken: ['The engine stopped', 'The engine in this page broke off.', 'Try again: it is loaded anew.'],
} as const

function foreign({ thoughts, lines }: { readonly thoughts: number; readonly lines: number }): string {
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
  if (lines === 0) return counted(thoughts, 'thought')
  return thoughts === 0 ? counted(lines, 'line') : `${counted(thoughts, 'thought')} and ${counted(lines, 'line')}`
}

function knownKind(baseUrl: string, kind: ServerKind | undefined): ServerKind {
  return kind === undefined || kind === 'other' ? guessServerKind(baseUrl) : kind
}

function after(retryAfterMs: number | undefined): Pick<ErrorDescription, 'retry' | 'retryAfterMs'> {
  return { retry: 'after', ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

function startHint(kind: ServerKind): string {
  switch (kind) {
    case 'vllm':
      return ' vLLM: vllm serve <model>, port 8000. From another machine it needs --host 0.0.0.0.'
    case 'sglang':
      return ' SGLang: python -m sglang.launch_server --model-path <model>, port 30000. From another machine it needs --host 0.0.0.0.'
    case 'llamacpp':
      return ' llama.cpp: llama-server -m <model.gguf>, port 8080. From another machine it needs --host 0.0.0.0.'
    case 'ollama':
      return ' Ollama: ollama serve, port 11434. From another machine it needs OLLAMA_HOST=0.0.0.0.'
    case 'lmstudio':
      return ' LM Studio: lms server start, port 1234.'
    default:
      return ''
  }
}

function keyRemedy(kind: ServerKind | undefined): string {
  switch (kind) {
    case 'vllm':
    case 'sglang':
    case 'llamacpp':
      return 'Give the key the server was started with (--api-key).'
    case 'openrouter':
      return 'Give a key from openrouter.ai/keys.'
    case 'openai':
      return 'Give a key from platform.openai.com/api-keys.'
    default:
      return 'Check the key in the connection. A server you started yourself has it in --api-key.'
  }
}

function contextSentence(error: Extract<ModelError, { kind: 'context-too-long' }>): string {
  const { promptTokens, contextTokens } = error
  if (promptTokens !== undefined && contextTokens !== undefined) {
    return `The prompt takes ${promptTokens} tokens, and the server reads at most ${contextTokens}, the reply included.`
  }
  if (contextTokens !== undefined)
    return `The prompt and the reply do not fit into the server’s ${contextTokens} tokens.`
  return `The prompt and the reply do not fit into the server’s context.${quote(error.detail)}`
}

function contextRemedy(kind: ServerKind | undefined): string {
  const shorter = 'Set the context size of the connection to what the server has, or allow a shorter reply'
  switch (kind) {
    case 'vllm':
      return `${shorter}; or start vLLM with a larger --max-model-len.`
    case 'sglang':
      return `${shorter}; or start SGLang with a larger --context-length.`
    case 'llamacpp':
      return `${shorter}; or start llama-server with a larger -c (it is shared by the slots of -np).`
    case 'lmstudio':
      return `${shorter}; or load the model with a larger context length.`
    default:
      return `${shorter}.`
  }
}

function quote(detail: string | undefined): string {
  return detail ? ` It said: “${shorten(detail)}”` : ''
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function seconds(milliseconds: number): string {
  const count = Math.max(1, Math.round(milliseconds / 1000))
  return count === 1 ? '1 second' : `${count} seconds`
}
