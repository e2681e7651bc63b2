import type { Json, JsonObject } from '#core/cards/card.ts'
import { isList, isObject, own } from '#core/cards/json-tree.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import { environmentName } from '#core/scene/cast.ts'
import { type PromptSections, readPromptSections } from './prompt-sections.ts'

interface Message {
  readonly role: string
  readonly content: string
}

interface Line {
  readonly character: string
  readonly message: string
}

/** `Name:` in front of a paragraph, with the marks some templates put round it. */
const head = /^(?:\*\*)?([^:：\n<>*=]{1,60}?)(?:\*\*)?[:：](?:\*\*)?(?:[ \t]+|(?=<)|$)/u

/**
 * A sample of one character (`sft_multi_turn`, `sft_single_turn`, ShareGPT) as the case it was made of: who was there, what
 * was known, and every turn with its speaker. Undefined for whatever has no messages.
 */
export function caseOfSample(row: JsonObject): JsonObject | undefined {
  const messages = messagesOf(row)
  if (!messages?.some(({ role }) => role === 'assistant')) return undefined
  const sections = readPromptSections(messages.find(({ role }) => role === 'system')?.content ?? '')
  const name = sections.name || nameOfAnswers(messages) || 'Character'
  const told = messages.filter(({ role }) => role !== 'system')
  const named = namesIn(told, sections)
  const lines = told.flatMap(({ role, content }): Line[] =>
    role === 'assistant'
      ? [{ character: name, message: content }]
      : splitTurns(content, named, otherThan(name, sections)),
  )
  const others = profilesIn(sections.others, new Set(lines.map(({ character }) => character)))
  return {
    ...(sections.book && { book: sections.book }),
    scenario: sections.scenario,
    key_characters: [{ name, motivation: sections.motivation }],
    character_profiles: { ...Object.fromEntries(others), [name]: sections.profile },
    dialogues: lines.map(({ character, message }) => ({ character, message })),
  }
}

function messagesOf(row: JsonObject): Message[] | undefined {
  const listed = own(row, 'messages') ?? own(row, 'conversations')
  if (!isList(listed)) return undefined
  return listed.filter(isObject).flatMap((one): Message[] => {
    const role = own(one, 'role') ?? own(one, 'from')
    const content = own(one, 'content') ?? own(one, 'value')
    if (typeof role !== 'string' || typeof content !== 'string') return []
    const isAnswer = role === 'assistant' || role === 'gpt'
    return [{ role: isAnswer ? 'assistant' : role === 'system' ? 'system' : 'user', content }]
  })
}

/** Where no system prompt says it, the answers do. */
function nameOfAnswers(messages: readonly Message[]): string | undefined {
  const said = messages
    .filter(({ role }) => role === 'assistant')
    .map(({ content }) => head.exec(content.replace(/^\s*<system_thinking>[\s\S]*?<\/system_thinking>\s*/, ''))?.[1])
  return said.every((one) => one !== undefined && one === said[0]) ? said[0]?.trim() : undefined
}

/** Who speaks where no name says so: the one the character talks to, where there is one. */
function otherThan(name: string, { others }: PromptSections): string {
  const called = paragraphsOf(others).flatMap((paragraph) => head.exec(paragraph)?.[1]?.trim() ?? [])
  const known = [...new Set(called)].filter((one) => one !== name)
  return known.length === 1 && known[0] ? known[0] : userNameInPrompts
}

/**
 * The names that turns are headed with: those at the front of a message, those the prompt tells of, and those that stand
 * in front of a paragraph more than once or of a tag. Any other word before a colon belongs to what is said.
 */
function namesIn(told: readonly Message[], { others }: PromptSections): Set<string> {
  const names = new Set([environmentName])
  const seen = new Map<string, number>()
  for (const { role, content } of told) {
    if (role === 'assistant') continue
    for (const [index, paragraph] of paragraphsOf(withoutMarks(content)).entries()) {
      const name = head.exec(paragraph)?.[1]?.trim()
      if (!name) continue
      seen.set(name, (seen.get(name) ?? 0) + 1)
      // Nothing that is said goes on with a tag like that.
      if (index === 0 || /[:：]\s*<role_/.test(paragraph.slice(0, name.length + 10))) names.add(name)
    }
  }
  for (const paragraph of paragraphsOf(others)) {
    const name = head.exec(paragraph)?.[1]?.trim()
    if (name) names.add(name)
  }
  for (const [name, count] of seen) if (count > 1) names.add(name)
  return names
}

function splitTurns(content: string, names: ReadonlySet<string>, nobody: string): Line[] {
  const lines: { character: string; message: string }[] = []
  for (const paragraph of paragraphsOf(withoutMarks(content))) {
    const found = head.exec(paragraph)
    const name = found?.[1]?.trim()
    const before = lines.at(-1)
    if (found && name !== undefined && names.has(name)) {
      lines.push({ character: name, message: paragraph.slice(found[0].length).trim() })
    } else if (before) before.message += `\n\n${paragraph}`
    else lines.push({ character: nobody, message: paragraph })
  }
  return lines.filter(({ message }) => message !== '')
}

/** Profiles of those who speak. A paragraph of anybody else goes on with who was told of before. */
function profilesIn(others: string, speakers: ReadonlySet<string>): Map<string, string> {
  const profiles = new Map<string, string>()
  let current: string | undefined
  for (const paragraph of paragraphsOf(others)) {
    const found = head.exec(paragraph)
    const name = found?.[1]?.trim()
    if (found && name !== undefined && speakers.has(name)) {
      current = name
      profiles.set(name, paragraph.slice(found[0].length).trim())
    } else if (current !== undefined) profiles.set(current, `${profiles.get(current)}\n\n${paragraph}`)
  }
  return profiles
}

/** What stands at the front of a message and is no turn. */
function withoutMarks(content: string): string {
  return content.replace(/^\s*===Conversation Start===\s*/i, '')
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}

/** True for a row of messages between a character and the others. */
export function isSample(value: Json): value is JsonObject {
  if (!isObject(value)) return false
  const listed = own(value, 'messages') ?? own(value, 'conversations')
  return isList(listed) && listed.some((one) => isObject(one) && (own(one, 'role') ?? own(one, 'from')) !== undefined)
}
