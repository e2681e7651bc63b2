import { type Connection, herSampling } from '../connection.ts'
import type { ConnectionId } from '../ids.ts'
import { chooseContext } from './plan-memory.ts'
import type { Weights } from './weights.ts'

/** The connection to a model that runs in this page: one for each file. */
export function inPageConnectionId(name: string): ConnectionId {
  return `in-page:${name}` as ConnectionId
}

/** Models that were tuned to HER say so by their names. */
function isTuned({ name, head }: Pick<Weights, 'name' | 'head'>): boolean {
  return /(?:^|[^a-z])(?:her|coser)(?:[^a-z]|$)/i.test(`${name} ${head.name ?? ''}`)
}

/**
 * How replies are asked of weights. Where their own template is ChatML the prompt is written by us, so that a reply can
 * begin with given words; else it goes through the template. A model that was not tuned is told everything, and held to
 * the layers.
 */
export function inPageConnection(weights: Weights, now: number): Connection {
  const tuned = isTuned(weights)
  const contextTokens = chooseContext(weights)
  return {
    id: inPageConnectionId(weights.name),
    name: weights.head.name ?? weights.name,
    // Leads nowhere and is never asked.
    baseUrl: 'https://in-page.invalid/v1',
    kind: 'in-page',
    model: weights.name,
    transport: (weights.head.chatTemplate ?? '<|im_start|>').includes('<|im_start|>') ? 'completions' : 'chat',
    capabilities: {
      prefill: 'trailing',
      echo: false,
      thinkingSwitch: true,
      contextTokens,
      speaksHer: tuned,
      completions: true,
    },
    // Half of what an endpoint is asked for: a small context is soon full, and a slow reply long in coming.
    sampling: { ...herSampling, maxTokens: Math.min(1024, Math.floor(contextTokens / 3)) },
    ...(!tuned && { prompt: { form: 'plain' }, keepsShape: true }),
    createdAt: now,
  }
}
