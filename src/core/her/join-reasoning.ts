/** A piece of what a server sends: of its reasoning field, or of the content. */
export interface Delta {
  readonly type: 'reasoning-delta' | 'text-delta'
  readonly text: string
}

/**
 * Joins what comes in a reasoning field and what comes as content into one text for the reader: gives of each piece what
 * to append to the text.
 *
 * Reasoning becomes a `<think>` block, closed by the first content that follows. Without any content it is left open on
 * purpose: reasoning parsers of vLLM and SGLang put a whole HER reply into the reasoning field, and an open planning
 * block ends at its own closer or at its first role tag, so that such a reply is read as what it is.
 */
export function createReasoningJoiner(): (delta: Delta) => string {
  let isReasoning = false
  return ({ type, text }) => {
    const wantsReasoning = type === 'reasoning-delta'
    if (text === '' || isReasoning === wantsReasoning) return text
    isReasoning = wantsReasoning
    return (wantsReasoning ? '<think>' : '</think>') + text
  }
}
