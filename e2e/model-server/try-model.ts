import type { Connection } from '../../src/core/connection.ts'
import { herSampling, untestedCapabilities } from '../../src/core/connection.ts'
import type { ConnectionId } from '../../src/core/ids.ts'
import type { ModelError } from '../../src/core/model-error.ts'
import { ModelFailure, type ModelPart, type ModelPort, type ModelRequest } from '../../src/ports/model.ts'

/** A connection to a server under test. */
export function connectionTo(url: string, changes: Partial<Connection> = {}): Connection {
  return {
    id: 'under-test' as ConnectionId,
    name: 'Under test',
    baseUrl: `${url}/v1`,
    kind: 'vllm',
    model: 'her',
    transport: 'chat',
    capabilities: untestedCapabilities,
    sampling: herSampling,
    createdAt: 0,
    ...changes,
  }
}

export const greeting: ModelRequest = {
  messages: [
    { role: 'system', content: 'You are Élise.' },
    { role: 'user', content: '===Conversation Start===\n\nTom: Did you see the lantern?' },
  ],
  sampling: herSampling,
  stop: ['<|im_end|>'],
}

/** Everything one try brought. */
export interface Tried {
  readonly parts: readonly ModelPart[]
  readonly text: string
  readonly reasoning: string
  readonly end: Extract<ModelPart, { type: 'stream-end' }> | undefined
  readonly error: ModelError | undefined
}

/** Reads a reply to its end and says what came of it. Throws what is no `ModelFailure`: that would be a bug. */
export async function tryModel(
  model: ModelPort,
  request: ModelRequest = greeting,
  signal: AbortSignal = new AbortController().signal,
  onPart: (part: ModelPart) => void = () => undefined,
): Promise<Tried> {
  const parts: ModelPart[] = []
  let error: ModelError | undefined
  try {
    for await (const part of model.stream(request, signal)) {
      parts.push(part)
      onPart(part)
    }
  } catch (thrown) {
    if (!(thrown instanceof ModelFailure)) throw thrown
    error = thrown.error
  }
  const join = (type: 'text-delta' | 'reasoning-delta') =>
    parts.map((part) => (part.type === type ? part.text : '')).join('')
  return {
    parts,
    text: join('text-delta'),
    reasoning: join('reasoning-delta'),
    end: parts.find((part) => part.type === 'stream-end'),
    error,
  }
}
