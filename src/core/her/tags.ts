import type { Layer } from './segment.ts'

/** What a recognised tag means: which layer it names, and whether it opens or closes it. */
export interface Tag {
  readonly layer: Layer
  readonly closing: boolean
  /** Spelled with `system`: HER's own planning tag, not the one a reasoning model uses for itself. */
  readonly system: boolean
}

/**
 * Every spelling a layer's tag is known to drift to, its proper one first (HER paper and code: chat demo, evaluation
 * cleaner, training scripts). Names are compared in lower case without `_`, `-` and white space.
 */
export const spellings: Readonly<Record<Layer, readonly [string, ...string[]]>> = {
  system_thinking: ['system_thinking', 'system_think', 'think', 'thinking', 'thought', 'thinker'],
  role_thinking: ['role_thinking', 'role_think', 'long_role_thinking'],
  role_action: ['role_action', 'role_act'],
  speech: ['role_speech', 'speech'],
}

/** Chat-template tokens that leak into text; nothing from the first one on belongs to the reply. */
export const specialTokens = ['<|im_end|>', '<|im_start|>', '<|endoftext|>'] as const

/** The longest stretch, in UTF-16 units, that is still taken for one tag: bounds what a stream holds back. */
export const longestTag = 64

/** The tag that opens `layer`, in its proper spelling. */
export function openingTag(layer: Layer): string {
  return `<${spellings[layer][0]}>`
}

/** The tag that closes `layer`, in its proper spelling. */
export function closingTag(layer: Layer): string {
  return `</${spellings[layer][0]}>`
}
