/** Who says a line of an example; a `note` stands before the first speaker of its block. */
export type ExampleSpeaker = 'user' | 'character' | 'note'

/** What one speaker says in an example; it may run over several lines of text. */
export interface ExampleLine {
  readonly speaker: ExampleSpeaker
  readonly text: string
}

/** One example chat: what stands between two `<START>`. Never empty. Left out as a whole when room is short. */
export type ExampleBlock = readonly ExampleLine[]

/** Names a line may begin with, beside the macros `{{char}}`, `<BOT>`, `<CHAR>`, `{{user}}` and `<USER>`. */
export interface ExampleNames {
  /** The character's name and nickname. */
  readonly character: readonly string[]
  /** The persona's name. */
  readonly user: readonly string[]
}

const characterMacro = /^(?:\{\{\s*char\s*\}\}|<(?:bot|char)>)\s*[:：]/i
const userMacro = /^(?:\{\{\s*user\s*\}\}|<user>)\s*[:：]/i

/**
 * Splits a card's `mes_example` into its example chats and each of these into what is said by whom. A line that names
 * no speaker goes on with what the last one said. Macros in the text are left as they are; works before and after they
 * are expanded.
 */
export function readExampleDialogue(text: string, names: ExampleNames): ExampleBlock[] {
  return text
    .split(/<START>/i)
    .map((block) => readBlock(block, names))
    .filter((block) => block.length > 0)
}

function readBlock(block: string, names: ExampleNames): ExampleBlock {
  const lines: { speaker: ExampleSpeaker; parts: string[] }[] = []
  for (const line of block.split(/\r\n?|\n/)) {
    const start = findSpeaker(line.trimStart(), names)
    const current = lines.at(-1)
    if (start) lines.push({ speaker: start.speaker, parts: [start.text] })
    else if (current) current.parts.push(line)
    else lines.push({ speaker: 'note', parts: [line] })
  }
  return lines
    .map(({ speaker, parts }) => ({ speaker, text: parts.join('\n').trim() }))
    .filter((line) => line.text !== '')
}

function findSpeaker(line: string, names: ExampleNames): ExampleLine | undefined {
  const character = characterMacro.exec(line)?.[0].length ?? prefixLength(line, names.character)
  if (character !== undefined) return { speaker: 'character', text: line.slice(character) }
  const user = userMacro.exec(line)?.[0].length ?? prefixLength(line, names.user)
  if (user !== undefined) return { speaker: 'user', text: line.slice(user) }
  return undefined
}

/** How many characters of the line are one of the names and its colon. A name may hold a colon itself. */
function prefixLength(line: string, names: readonly string[]): number | undefined {
  for (const name of names) {
    const wanted = name.trim()
    if (!wanted || line.slice(0, wanted.length).toLowerCase() !== wanted.toLowerCase()) continue
    const colon = /^\s*[:：]/.exec(line.slice(wanted.length, wanted.length + 8))
    if (colon) return wanted.length + colon[0].length
  }
  return undefined
}
