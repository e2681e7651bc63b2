import { decodeText } from '#core/cards/decode-text.ts'
import { readChat } from '#core/story/read-chat.ts'
import type { ChatProblem, ReadChat, ReadChatOptions } from '#core/story/read-chat-result.ts'
import type { Story } from '#core/story/story.ts'
import { type ExportChoice, writeChat } from '#core/story/write-chat.ts'
import { err, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { ChatFile } from '#ports/chat-files.ts'

/** Enough to see a NUL, which pictures and archives have early and no text has. */
const probedLength = 4000

/** Reads a chat from a file's bytes, in the thread it is called in. */
export function readChatBytes(bytes: Uint8Array, options: ReadChatOptions): Result<ReadChat, ChatProblem> {
  const { text } = decodeText(bytes)
  if (text.slice(0, probedLength).includes('\0')) {
    return err({ kind: 'not-a-chat', sentence: t('This file is no text, so it is no chat we can read.') })
  }
  return readChat(text, options)
}

/** Writes a chat as a file, in the thread it is called in. */
export function writeChatFile(story: Story, choice: ExportChoice): ChatFile {
  const { text, ...rest } = writeChat(story, choice)
  return { ...rest, blob: new Blob([text], { type: `${rest.mediaType};charset=utf-8` }) }
}
