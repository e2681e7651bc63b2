import type { ReadChatOptions } from '#core/story/read-chat-result.ts'
import type { Story } from '#core/story/story.ts'
import type { ExportChoice } from '#core/story/write-chat.ts'

/** What the page asks of the worker; answered on the port that comes with it. The first `write` brings the story. */
export type ChatFileRequest =
  | { readonly type: 'read'; readonly bytes: Uint8Array; readonly options: ReadChatOptions }
  | { readonly type: 'write'; readonly choice: ExportChoice; readonly story?: Story }
