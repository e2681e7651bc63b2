import type { ChatProblem, ReadChat, ReadChatOptions } from '#core/story/read-chat-result.ts'
import type { Story } from '#core/story/story.ts'
import type { ExportChoice, WrittenChat } from '#core/story/write-chat.ts'
import type { Result } from '#lib/result.ts'

/** A chat written as a file. */
export interface ChatFile extends Omit<WrittenChat, 'text'> {
  readonly blob: Blob
}

/** Writes one chat, in whatever form it is asked for. */
export interface StoryWriter {
  write(choice: ExportChoice): Promise<ChatFile>
  close(): void
}

/** Where chats are read from files and written to them, beside the page and not in its way. */
export interface ChatFilesPort {
  /** Throws a DOMException when the file itself can't be read: a folder, or one that was moved away meanwhile. */
  read(file: Blob, options: ReadChatOptions): Promise<Result<ReadChat, ChatProblem>>
  open(story: Story): StoryWriter
}
