/** A piece of a reply and how long it takes to come. */
export interface TimedToken {
  readonly text: string
  /** Milliseconds since the token before it. */
  readonly afterMs: number
}

const pieces = / ?[\p{L}\p{N}’']{1,5}|\s?[^\p{L}\p{N}\s]{1,2}|\s+/gu

/** Characters a second: some 90 tokens of planning, which is skimmed, and some 28 of words, which are read. */
const planningSpeed = 360
const readingSpeed = 112
const fullStopMs = 170
const commaMs = 70

/** Cuts a text the way a tokeniser does: a few characters, words and tags split where it happens to fall. */
export function splitTokens(text: string): readonly string[] {
  return text.match(pieces) ?? []
}

/** Gives every token its time. `planning` says whether the text begins inside the planning block. */
export function timeTokens(tokens: readonly string[], planning: boolean): TimedToken[] {
  const text = tokens.join('')
  const closer = text.indexOf('</system_thinking>')
  const opens = planning || text.startsWith('<system_thinking>')
  const planned = !opens ? 0 : closer < 0 ? text.length : closer
  let at = 0
  let pause = 0
  return tokens.map((token) => {
    const isPlanning = at < planned
    const afterMs = (token.length * 1000) / (isPlanning ? planningSpeed : readingSpeed) + pause
    at += token.length
    pause = isPlanning ? 0 : /[.!?…]$/.test(token) ? fullStopMs : /[,;:—]$/.test(token) ? commaMs : 0
    return { text: token, afterMs }
  })
}
