import { createReasoningJoiner } from '#core/her/join-reasoning.ts'
import type { ModelPart } from '#ports/model.ts'

/** All that a stream said, reasoning and content as one text, and whether its tokens ran out. */
export async function joinedText(
  parts: AsyncIterable<ModelPart>,
  onText: (text: string) => void = () => {},
): Promise<{ readonly text: string; readonly isCut: boolean }> {
  const join = createReasoningJoiner()
  let text = ''
  let isCut = false
  for await (const part of parts) {
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      const words = join(part)
      if (words === '') continue
      text += words
      onText(text)
    } else if (part.type === 'stream-end') isCut = part.finishReason === 'length'
  }
  return { text, isCut }
}
