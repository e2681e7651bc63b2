/** Joins what a server sends in a reasoning field and what it sends as content into one text for the reader. */
export interface ReasoningJoiner {
  /** A piece of `reasoning_content` or `reasoning`. Gives what to append to the text. */
  reasoning(text: string): string
  /** A piece of `content`. Gives what to append to the text. */
  content(text: string): string
  /** The stream is over. Gives what to append to the text. */
  finish(): string
}

/**
 * Reasoning becomes a `<think>` block, closed by the first content that follows. Without any content it is left open on
 * purpose: reasoning parsers of vLLM and SGLang put a whole HER reply into the reasoning field, and an open planning
 * block ends at its own closer or at its first role tag, so that such a reply is read as what it is.
 */
export function createReasoningJoiner(): ReasoningJoiner {
  let isReasoning = false

  function enter(wantsReasoning: boolean, text: string): string {
    if (text === '' || isReasoning === wantsReasoning) return text
    isReasoning = wantsReasoning
    return (wantsReasoning ? '<think>' : '</think>') + text
  }

  return {
    reasoning: (text) => enter(true, text),
    content: (text) => enter(false, text),
    finish: () => '',
  }
}
