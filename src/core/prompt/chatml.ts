import type { PromptMessage } from './prompt-message.ts'
import { disarm } from './special-tokens.ts'

/**
 * A prompt for `/v1/completions` in the ChatML of Qwen models, opened for the assistant's turn, which begins with
 * `prefill`. This way no chat template can close a prefilled turn or put an empty `<think>` pair before it.
 */
export function toChatMl(messages: readonly Pick<PromptMessage, 'role' | 'content'>[], prefill = ''): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${disarm(content)}<|im_end|>\n`)
  return `${turns.join('')}<|im_start|>assistant\n${disarm(prefill)}`
}
