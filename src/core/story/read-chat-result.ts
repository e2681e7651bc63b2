import type { StoryDraft } from './story-draft.ts'

/** What kind of file a chat came in. */
export type ChatFormat =
  | 'subtext'
  | 'sillytavern'
  | 'character-ai'
  | 'text-generation-webui'
  | 'risu'
  | 'agnai'
  | 'text'

/** A chat read from a file. */
export interface ReadChat {
  readonly format: ChatFormat
  readonly draft: StoryDraft
  /** What was left out, put right or taken for granted, in sentences for the reader. */
  readonly warnings: readonly string[]
}

/** Why a file is no chat we read, with a sentence for the reader. */
export interface ChatProblem {
  readonly kind: 'not-a-chat' | 'empty' | 'too-large' | 'newer'
  readonly sentence: string
}

/** What is known of the chat from elsewhere: names help with files that only have "Name: …" lines. */
export interface ReadChatOptions {
  readonly userName?: string
  readonly characterNames?: readonly string[]
}
