/** What a teacher is asked. Nothing but `system` and `user`: any endpoint takes these. */
export interface TeacherRequest {
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[]
  readonly temperature: number
  readonly topP: number
  /** Most tokens of the answer; a reasoning model needs as many again for what it thinks. */
  readonly maxTokens: number
}

/** What a teacher answered. */
export interface TeacherAnswer {
  readonly text: string
  /** What arrived beside the text, as reasoning. */
  readonly reasoning: string
}
