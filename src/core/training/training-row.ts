import type { RowProvenance } from './provenance.ts'

/** The shapes rows go out in: those of HER's data set, ShareGPT's, and TRL's for preferences. */
export const trainingShapes = ['clean', 'sft_multi_turn', 'sft_single_turn', 'sharegpt', 'preference'] as const

export type TrainingShape = (typeof trainingShapes)[number]

/** A message of a sample. */
export interface TrainingMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** One character's part in one conversation: planning in its last message alone. */
export interface MultiTurnRow {
  readonly trace_id: string
  readonly messages: readonly TrainingMessage[]
  /** Last, since readers of rows look for the messages at their head. */
  readonly provenance: RowProvenance
}

/** One turn of one character, with what came before it. */
export interface SingleTurnRow extends MultiTurnRow {
  readonly original_trace_id: string
  /** Among the character's own turns, from 0. */
  readonly turn_index: number
  /** How many of its own turns are before the last message. */
  readonly history_turns: number
}

/** The same as `MultiTurnRow` in the words of ShareGPT. */
export interface ShareGptRow {
  readonly id: string
  readonly conversations: readonly { readonly from: 'system' | 'human' | 'gpt'; readonly value: string }[]
  readonly provenance: RowProvenance
}

/** Two answers to one prompt, as TRL's trainers take them. */
export interface PreferenceRow {
  readonly prompt: readonly TrainingMessage[]
  readonly chosen: readonly [TrainingMessage]
  readonly rejected: readonly [TrainingMessage]
  readonly provenance: RowProvenance
}

const shareGptNames = { system: 'system', user: 'human', assistant: 'gpt' } as const

/** A sample in the words of ShareGPT. */
export function toShareGpt({
  trace_id,
  messages,
}: Pick<MultiTurnRow, 'trace_id' | 'messages'>): Pick<ShareGptRow, 'id' | 'conversations'> {
  return {
    id: trace_id,
    conversations: messages.map(({ role, content }) => ({ from: shareGptNames[role], value: content })),
  }
}
