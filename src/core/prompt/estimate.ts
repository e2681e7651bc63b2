// Numbers, and not names: a whole prompt is gone through for each reply.
const letter = 0
const digit = 1
const punctuation = 2
const space = 3
const newline = 4
const foreign = 5

/**
 * Estimates how many tokens a text takes (a whole number), in the manner of Qwen's tokenizer: a word keeps the space
 * before it, each digit stands alone, punctuation runs together. The weights were fitted to counts of the Qwen3
 * tokenizer over prose in sixteen scripts, which the test holds: 4.6 characters a token in English, 1.6 in Chinese,
 * 3 in Russian. Prose comes out within a fifth. Linear in the text.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  let previous = foreign
  /** Of the letters, or of the spaces, that stand in a row here. */
  let runLength = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const kind = code < 128 ? (asciiKinds[code] as number) : foreign
    runLength = kind === previous ? runLength + 1 : 1
    // Letters are most of it.
    if (kind === letter) tokens += runLength === 1 ? 1 : runLength <= 6 ? 0 : runLength <= 12 ? 0.18 : 0.4
    else if (kind === space) tokens += runLength === 2 ? 1 : runLength > 16 ? 0.05 : 0
    else if (kind === punctuation) tokens += runLength === 1 ? 0.8 : 0.3
    else if (kind === foreign) tokens += foreignWeight(code)
    else if (kind === newline) tokens += runLength > 1 ? 0.05 : previous === punctuation ? 0.3 : 1
    else tokens += 1
    previous = kind
  }
  return Math.ceil(tokens)
}

/**
 * Learns from what a server counted: the factor by which its tokens differ from ours, moved a third of the way towards
 * the newest evidence. Between a half and three, whatever a server reports.
 * @param factor what was believed before; 1 at first.
 * @param estimated our count of a prompt, made with factor 1.
 * @param counted the server's `prompt_tokens` for it; 0 teaches nothing.
 */
export function calibrate(factor: number, estimated: number, counted: number): number {
  if (!(estimated > 0 && counted > 0)) return factor
  return Math.min(3, Math.max(0.5, factor + (counted / estimated - factor) / 3))
}

const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 10 || code === 13) return newline
  if (code === 32 || code === 9) return space
  const character = String.fromCharCode(code)
  if (/[a-z]/i.test(character)) return letter
  return /[0-9]/.test(character) ? digit : punctuation
})

/** Tokens per UTF-16 unit outside ASCII; what is not listed is taken to be rare (Hindi is). */
function foreignWeight(code: number): number {
  // Ideographs first: where they occur, they are most of the text.
  if (code >= 0x4e00 && code < 0xa000) return 0.66
  if (code >= 0x3040 && code < 0x3100) return 0.68
  if (code >= 0xac00 && code < 0xd7b0) return 0.84
  // A letter with an accent breaks a European word in two; Vietnamese ones (0x1e00) stand in whole words.
  if (code < 0x0250) return 1
  if (code >= 0x0370 && code < 0x0400) return 0.9
  if (code >= 0x0400 && code < 0x0530) return 0.38
  if (code >= 0x0590 && code < 0x0780) return 0.5
  if (code >= 0x0e00 && code < 0x0e80) return 0.54
  if (code >= 0x1e00 && code < 0x1f00) return 0.1
  if (code >= 0x2000 && code < 0x2070) return 0.8
  if (code >= 0x3000 && code < 0x3040) return 0.6
  if (code >= 0xd800 && code < 0xe000) return 0.7
  if (code >= 0xff00 && code < 0xfff0) return 0.6
  return 1.2
}
