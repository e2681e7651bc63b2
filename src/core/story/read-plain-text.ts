import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { toTurnText } from './foreign-turn.ts'
import { chatLimits } from './limits.ts'
import type { ChatProblem, ReadChat, ReadChatOptions } from './read-chat-result.ts'
import type { DraftTurn } from './story-draft.ts'

/** `Name: ` at the front of a line; a name is of a few words at most, and no address. */
const heading = /^\s{0,8}\*{0,2}([^\s:：*#>{}[\]"][^:：\n*]{0,59}?)\s?\*{0,2}[:：]\*{0,2}(?!\/\/)[ \t]?/

interface Line {
  readonly text: string
  readonly name?: string
  readonly rest: string
  readonly startsParagraph: boolean
}

/**
 * Reads a chat from text in which each turn begins with "Name: …". What stands before the first name is left out. A name
 * counts when it is known, when it heads more than one turn, or when it heads a paragraph, and where none does so twice,
 * when every line is headed by one; else it is part of what is said.
 */
export function readPlainText(text: string, options: ReadChatOptions = {}): Result<ReadChat, ChatProblem> {
  const lines = readLines(text)
  const names = findNames(lines, options)
  const spoken: { readonly name: string; readonly parts: string[] }[] = []
  let skipped = 0
  for (const { text, name, rest } of lines) {
    if (name !== undefined && names.has(foldName(name))) spoken.push({ name, parts: [rest] })
    else if (spoken.length > 0) spoken.at(-1)?.parts.push(text)
    else if (text.trim() !== '') skipped++
  }
  if (spoken.length === 0) {
    return err({
      kind: 'not-a-chat',
      sentence: t('No line of this text begins with a name and a colon, so it is no chat we can read.'),
    })
  }
  const userName = findUser(
    spoken.map(({ name }) => name),
    options,
  )
  const characters = new Map<string, { readonly key: string; readonly name: string }>()
  const turns: DraftTurn[] = []
  for (const [index, { name, parts }] of spoken.entries()) {
    const isUser = userName !== undefined && foldName(name) === foldName(userName)
    const known = characters.get(foldName(name)) ?? { key: `character-${characters.size + 1}`, name }
    if (!isUser) characters.set(foldName(name), known)
    const { raw, dialect } = toTurnText(parts.join('\n').trim(), '', isUser)
    turns.push({
      key: String(index + 1),
      parentKey: index === 0 ? null : String(index),
      speaker: isUser ? { kind: 'user' } : { kind: 'character', characterKey: known.key },
      raw,
      // People mark thoughts and actions in text alike, whoever they write for.
      dialect: dialect === 'her' ? 'her' : 'player',
      ending: 'complete',
      createdAt: 0,
    })
  }
  const warnings = [
    ...(skipped > 0
      ? [
          t('What stands before the first name was left out ({count, plural, one {# line} other {# lines}}).', {
            count: skipped,
          }),
        ]
      : []),
    ...(userName === undefined ? [] : [t('Your own lines are taken to be those of “{userName}”.', { userName })]),
  ]
  const draft = {
    title: '',
    userName: userName ?? '',
    characters: [...characters.values()],
    turns,
    headKey: String(turns.length),
  }
  return ok({ format: 'text', draft, warnings })
}

function readLines(text: string): Line[] {
  const lines: Line[] = []
  let startsParagraph = true
  for (const line of text.split(/\r\n?|\n/, chatLimits.lines)) {
    const found = heading.exec(line.slice(0, 200))
    const name = found?.[1]?.trim()
    const isName = name !== undefined && name.split(/\s+/).length <= 4
    lines.push({
      text: line,
      ...(isName && { name }),
      rest: isName ? line.slice(found?.[0].length) : line,
      startsParagraph,
    })
    startsParagraph = line.trim() === ''
  }
  return lines
}

/** The names, folded, that head turns. */
function findNames(lines: readonly Line[], options: ReadChatOptions): Set<string> {
  const known = [options.userName ?? '', ...(options.characterNames ?? [])].map(foldName).filter((name) => name !== '')
  const names = new Set(known)
  const counts = new Map<string, number>()
  let isRepeated = false
  for (const { name, startsParagraph } of lines) {
    if (name === undefined) continue
    const folded = foldName(name)
    const count = (counts.get(folded) ?? 0) + 1
    counts.set(folded, count)
    isRepeated ||= count > 1
    if (count > 1 || startsParagraph) names.add(folded)
  }
  const isAllHeaded = lines.every(({ name, text }) => name !== undefined || text.trim() === '')
  if (isAllHeaded && !isRepeated) for (const name of counts.keys()) names.add(name)
  return names
}

/** The reader's name: as told, or one people go by, or the second to speak, since characters greet first. */
function findUser(names: readonly string[], options: ReadChatOptions): string | undefined {
  const distinct = [...new Map(names.map((name) => [foldName(name), name])).values()]
  const find = (wanted: string) => distinct.find((name) => foldName(name) === foldName(wanted))
  const characters = new Set((options.characterNames ?? []).map(foldName))
  return (
    find(options.userName ?? '') ??
    ['You', 'User', 'Me', 'Human'].map(find).find((name) => name !== undefined) ??
    (characters.size > 0 ? distinct.find((name) => !characters.has(foldName(name))) : distinct[1])
  )
}

function foldName(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase()
}
