import { t } from '#lib/translate.ts'
import type { ServerKind } from './connection.ts'

/** How a server of a kind is started, in a sentence; empty where nobody knows. */
export function startHint(kind: ServerKind): string {
  switch (kind) {
    case 'vllm':
      return started({ server: 'vLLM', command: 'vllm serve <model>', port: '8000', flag: '--host 0.0.0.0' })
    case 'sglang': {
      const command = 'python -m sglang.launch_server --model-path <model>'
      return started({ server: 'SGLang', command, port: '30000', flag: '--host 0.0.0.0' })
    }
    case 'llamacpp': {
      const command = 'llama-server -m <model.gguf>'
      return started({ server: 'llama.cpp', command, port: '8080', flag: '--host 0.0.0.0' })
    }
    case 'ollama':
      return started({ server: 'Ollama', command: 'ollama serve', port: '11434', flag: 'OLLAMA_HOST=0.0.0.0' })
    case 'lmstudio':
      return t('{server}: {command}, port {port}.', {
        server: 'LM Studio',
        command: 'lms server start',
        port: '1234',
      })
    default:
      return ''
  }
}

function started({ server, command, port, flag }: Readonly<Record<'server' | 'command' | 'port' | 'flag', string>>) {
  return t('{server}: {command}, port {port}. From another machine it needs {flag}.', { server, command, port, flag })
}

/** Where the key of a server of a kind is from. */
export function keyRemedy(kind: ServerKind | undefined): string {
  switch (kind) {
    case 'vllm':
    case 'sglang':
    case 'llamacpp':
      return t('Give the key the server was started with ({flag}).', { flag: '--api-key' })
    case 'openrouter':
      return t('Give a key from {address}.', { address: 'openrouter.ai/keys' })
    case 'openai':
      return t('Give a key from {address}.', { address: 'platform.openai.com/api-keys' })
    default:
      return t('Check the key in the connection. A server you started yourself has it in {flag}.', {
        flag: '--api-key',
      })
  }
}

/** What to do about a prompt that does not fit, by the kind of server. */
export function contextRemedy(kind: ServerKind | undefined): string {
  switch (kind) {
    case 'vllm':
      return largerContext('vLLM', '--max-model-len')
    case 'sglang':
      return largerContext('SGLang', '--context-length')
    case 'llamacpp':
      return t(
        'Set the context size of the connection to what the server has, or allow a shorter reply; or start {server} with a larger {flag} (it is shared by the slots of {slots}).',
        { server: 'llama-server', flag: '-c', slots: '-np' },
      )
    case 'lmstudio':
      return t(
        'Set the context size of the connection to what the server has, or allow a shorter reply; or load the model with a larger context length.',
      )
    default:
      return t('Set the context size of the connection to what the server has, or allow a shorter reply.')
  }
}

function largerContext(server: string, flag: string): string {
  return t(
    'Set the context size of the connection to what the server has, or allow a shorter reply; or start {server} with a larger {flag}.',
    { server, flag },
  )
}
