import type { Json } from '#core/cards/card.ts'
import { describeJsonProblem } from '#core/cards/describe-json-problem.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { readJson } from '#core/cards/read-json.ts'
import type { JsonProblem } from '#core/cards/tolerant-json.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { chatLimits } from './limits.ts'
import type { ChatProblem, ReadChat, ReadChatOptions } from './read-chat-result.ts'
import { readOtherChat } from './read-other-chats.ts'
import { readPlainText } from './read-plain-text.ts'
import { isTavernLine, readTavern } from './read-tavern.ts'
import { readStoryFile, storyFormat } from './story-file.ts'

/**
 * Reads a chat from a file's text, whatever program wrote it: ours, SillyTavern, CAI Tools, text-generation-webui, Risu,
 * Agnai, or plain text. Never throws, whatever the text.
 */
export function readChat(text: string, options: ReadChatOptions = {}): Result<ReadChat, ChatProblem> {
  if (text.length > chatLimits.length) {
    return err({
      kind: 'too-large',
      sentence: t('This file is larger than 200 million characters, which is more than we read.'),
    })
  }
  const body = text.replace(/^[\ufeff\s]+/, '')
  if (body === '') return err({ kind: 'empty', sentence: t('This file is empty.') })
  if (!/^[{[]/.test(body)) return readPlainText(body, options)
  const firstLine = body.slice(0, Math.min(lengthOfLine(body), chatLimits.lineLength))
  if (isTavern(firstLine)) return readTavern(body)
  const parsed = readJson(body)
  const read = parsed.ok ? readJsonChat(parsed.value.value) : undefined
  if (read) return read
  if (hasTavernLine(body)) return readTavern(body)
  if (parsed.ok) return err({ kind: 'not-a-chat', sentence: t('This is no chat of a program that we know.') })
  // A turn may begin with "[…]", a thought, and so may a text.
  const plain = readPlainText(body, options)
  return plain.ok ? plain : err(describeProblem(parsed.error))
}

function describeProblem(problem: JsonProblem): ChatProblem {
  const { isTooLarge, sentence } = describeJsonProblem(problem, 'chat')
  return { kind: isTooLarge ? 'too-large' : 'not-a-chat', sentence }
}

function readJsonChat(value: Json): Result<ReadChat, ChatProblem> | undefined {
  if (isObject(value) && own(value, 'format') === storyFormat) return readStoryFile(value)
  const other = readOtherChat(value)
  if (!other) return undefined
  if (other.draft.turns.length > 0) return ok(other)
  return err({ kind: 'empty', sentence: t('There is no message in this chat.') })
}

function isTavern(line: string): boolean {
  const parsed = readJson(line)
  return parsed.ok && isTavernLine(parsed.value.value)
}

/** Whether a chat of which the first lines are lost has one that can be read. */
function hasTavernLine(text: string): boolean {
  return text
    .slice(0, chatLimits.lineLength)
    .split('\n', 20)
    .some((line) => isTavern(line))
}

function lengthOfLine(text: string): number {
  const end = text.indexOf('\n')
  return end < 0 ? text.length : end
}
