import { parseReply } from '#core/her/parse.ts'
import type { Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'

/** Anything that may open or close one of HER's layers, however it is spelled. */
const herTag = /<\s*\/?\s*(?:system|role|long|think|thought)/i

/** Every bracket is closed on its own line and none is in another: what CoSER's pattern was made for. */
const plainBrackets = /^[^[\]]*(?:\[[^[\]\n]*\][^[\]]*)*$/

/**
 * What everybody else may know of a character's message: what it says and does. Where its brackets are in order the rule
 * is the published one, to the letter, since scores hang on it. Anything else (a bracket over two lines, in another or
 * never closed, HER's tags, torn ones too) is read as a reply in a chat is: what may be private stays private.
 */
export function withoutThoughts(text: string, speaker = ''): string {
  if (!herTag.test(text) && plainBrackets.test(text)) return withoutBrackets(text)
  const { segments, name } = readLayers(text, speaker)
  const visible = segments.filter(({ layer }) => layer === 'speech' || layer === 'role_action')
  // A bracket among tags is nothing to the reader of a chat. Here it is how thoughts are written.
  const written = herTag.test(text) ? withoutNested(writeReply(visible)) : inBrackets(visible)
  return withoutBrackets(name + written)
}

/** HER's tags as CoSER's brackets, planning left out; a message without tags stays as it is. */
export function toBrackets(text: string, speaker = ''): string {
  if (!herTag.test(text)) return text
  const { segments, name } = readLayers(text, speaker)
  return name + inBrackets(segments.filter(({ layer }) => layer !== 'system_thinking'))
}

/** `name` is the speaker's own at the front of the text, as it is written, or nothing. */
function readLayers(text: string, speaker: string): { readonly segments: readonly Segment[]; readonly name: string } {
  const { segments, tiles } = parseReply(text, { dialect: herTag.test(text) ? 'her' : 'coser', speaker })
  const isNamed = speaker !== '' && tiles.some(({ kind }) => kind === 'prefix')
  return { segments, name: isNamed ? `${speaker}: ` : '' }
}

function inBrackets(segments: readonly Segment[]): string {
  return segments
    .map(({ layer, text }) => (layer === 'role_thinking' ? `[${text}]` : layer === 'role_action' ? `(${text})` : text))
    .join('')
    .trim()
}

/** CoSER's own rule: what is between brackets goes, lines lose the blanks around them, empty lines go. */
function withoutBrackets(text: string): string {
  return text
    .replace(/\[.*?\]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n+/g, '\n')
    .trim()
}

/** Without brackets, whatever is in them; one that is never closed runs to the end. */
function withoutNested(text: string): string {
  let depth = 0
  let kept = ''
  for (const character of text) {
    if (character === '[') depth++
    if (depth === 0) kept += character
    if (character === ']') depth = Math.max(0, depth - 1)
  }
  return kept
}

/** `Name: ` in front, unless a line of the text begins with it. */
export function withName(text: string, name: string): string {
  const isNamed = text.split('\n').some((line) => {
    const start = line.trim()
    return start.startsWith(`${name}:`) || start.startsWith(`${name}：`)
  })
  return isNamed ? text : `${name}: ${text}`
}
