/** Ends ChatML's turns; what a HER model must stop at. */
export const chatMlStops = ['<|im_end|>', '<|im_start|>', '<|endoftext|>'] as const

/**
 * The marks chat templates are made of: `<|…|>` of ChatML and its kin (with DeepSeek's full-width bars), and those of
 * the Llama, Mistral and Gemma families. Tokenizers find them anywhere in a prompt, so a card, a lore entry or a message
 * that holds one could end its own turn and forge another's.
 */
const marks =
  /<(?=[|｜][^<>|｜\s]{1,64}[|｜]>|\/?s>|(?:bos|eos|pad|unk)>|(?:start|end)_of_turn>|<\/?SYS>>)|\[(?=\/?INST\])/g

/**
 * Makes chat template marks in a text plain words by changing their first character (`<` to `‹`, `[` to `(`). That is
 * as little as can be, stays visible, and no mark can be made by it. Doing it twice changes nothing more.
 */
export function disarm(text: string): string {
  return text.replace(marks, (first) => (first === '<' ? '‹' : '('))
}
