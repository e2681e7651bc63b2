import { createRandom } from '../../src/lib/random.ts'
import { type Behaviour, faults } from '../model-server/behaviour.ts'

/** One try for a reply: how it is asked for, what the server does, and whether the reader stops it. */
export interface WireTry {
  /** The first is always sent; of a reply that can't be gone on with another take is asked for. */
  readonly ask: 'again' | 'goOn'
  readonly behaviour: Behaviour
  /** The reader stops it after so many milliseconds. */
  readonly stopAfterMs?: number
}

/** A message and the tries it takes until a reply is there. */
export interface WirePlan {
  readonly seed: string
  readonly kind: 'vllm' | 'sglang' | 'llamacpp' | 'ollama' | 'other'
  readonly prefill: 'none' | 'trailing' | 'flags'
  readonly transport: 'chat' | 'completions'
  /** The last one has no fault. */
  readonly tries: readonly WireTry[]
}

/** Words with all that a cut can fall into: characters of two to four bytes, marks of JSON and of HER, half a tag. */
const texts = [
  'Élise zögert — 夜明け 👩‍🚀.</system_thinking><role_action>turns</role_action>“Naïve?” she says. \\"Quite\\" {"a":1}',
  'One.\n\nTwo.</system_thinking><role_thinking>Hm <3 </role_thinking>data: [DONE] is what she says, and <role_act is not.',
  'Plain words, and nothing closed, and more of them, and still more, until there are enough to be cut somewhere.',
  '\u2028 odd \u00a0 spaces \u200b everywhere</system_thinking>\tTabs\tand 🏳️‍🌈 flags, and a last line.\n',
]

const waits = ['1', '0', '2.5', '3600', 'soon', 'Wed, 21 Oct 2015 07:28:00 GMT']

/** What follows from a seed, always the same. */
export function planWire(seed: string): WirePlan {
  const random = createRandom(seed)
  const chance = (share: number) => random() < share
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  const pick = <Value>(choices: readonly Value[]): Value => choices[upTo(choices.length - 1)] as Value

  const kind = pick(['vllm', 'vllm', 'sglang', 'llamacpp', 'ollama', 'other'] as const)
  const ways = { vllm: 'flags', sglang: 'flags', llamacpp: 'trailing', ollama: 'trailing', other: 'flags' } as const
  const transport = kind === 'vllm' && chance(0.15) ? 'completions' : 'chat'
  const prefill = chance(0.2) ? 'none' : ways[kind]

  const howItComes = (): Behaviour => ({
    ...(chance(0.4) ? { text: pick(texts) } : { tokens: 5 + upTo(60), seed: upTo(1000) }),
    ...(chance(0.5) && { delta: 1 + upTo(9) }),
    ...(chance(0.3) && { rate: 300 + upTo(3000) }),
    ...(chance(0.2) && { queue: upTo(30) }),
    ...(chance(0.2) && { first: upTo(40), comments: 8 }),
    // Slow, a write for each byte: of few.
    ...(chance(0.03) && { split: 'byte' as const, delta: 40, text: 'Élise 夜明け 👩‍🚀.</system_thinking>Naïve?' }),
    ...(chance(0.2) && { crlf: true }),
    ...(chance(0.15) && { prefill: pick(['echo', 'continue', 'restart'] as const) }),
  })
  const goesWrong = (): Behaviour => ({
    ...howItComes(),
    // Half of them in the middle of the words.
    fault: chance(0.5) ? pick(['drop', 'cut', 'stall', 'error'] as const) : pick(faults),
    at: upTo(chance(0.5) ? 600 : 5000),
    ...(chance(0.3) && { retryAfter: pick(waits) }),
    ...(chance(0.1) && { prefill: 'refuse' as const }),
    ...(chance(0.15) && {
      reasoning: pick(['planning', 'all'] as const),
      field: pick(['reasoning', 'reasoning_content', 'both'] as const),
    }),
  })
  const tries = Array.from({ length: 1 + upTo(2) }, (): WireTry => {
    const behaviour = chance(0.85) ? goesWrong() : howItComes()
    return { ask: pick(['again', 'goOn']), behaviour, ...(chance(0.12) && { stopAfterMs: upTo(60) }) }
  })
  return {
    seed,
    kind,
    prefill,
    transport,
    tries: [...tries, { ask: pick(['again', 'goOn']), behaviour: howItComes() }],
  }
}
