import type { ChatMessage } from './reply.ts'

/** Reads a ChatML prompt back into messages and the beginning of the assistant's turn it is opened with. */
export function readChatMl(prompt: string): { readonly messages: readonly ChatMessage[]; readonly prefill: string } {
  const messages = prompt
    .split('<|im_start|>')
    .slice(1)
    .map((turn) => {
      const lineEnd = turn.indexOf('\n')
      return { role: turn.slice(0, lineEnd), content: turn.slice(lineEnd + 1).replace(/<\|im_end\|>\n?$/, '') }
    })
  return { messages: messages.slice(0, -1), prefill: messages.at(-1)?.content ?? '' }
}
