import { expandMacros } from '#core/cards/macros.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, memberOf, otherNames, spokenName, userName } from '#core/scene/cast.ts'
import type { HeardTurns } from '#core/scene/hearing.ts'
import { chooseHistory, messageTokens } from './choose-history.ts'
import { type DirectorsNote, placeOfNote, writeNote } from './directors-note.ts'
import { estimateTokens } from './estimate.ts'
import { exampleBlocks } from './example-blocks.ts'
import type { PromptForm } from './form.ts'
import { historyMessages } from './history-messages.ts'
import type { HistoryPolicy } from './history-policy.ts'
import { createMessage, type PromptMessage } from './prompt-message.ts'
import { chatMlStops, disarm } from './special-tokens.ts'
import { systemPrompt } from './system-prompt.ts'

/** What a prompt may take of a model's window. */
export interface PromptBudget {
  /** The whole window of the model. */
  readonly contextTokens: number
  /** What of it the reply may take. */
  readonly replyTokens: number
  /** How a server's counts differ from ours (`calibrate`); 1 where nothing is known. */
  readonly factor?: number
}

export interface PromptInput {
  /** Whose turn it is; one of the cast. */
  readonly character: CharacterId
  readonly cast: Cast
  /** What this character heard of the chat, newest last. Turns as they were written do not compile here. */
  readonly heard: HeardTurns
  /** `training` unless said otherwise: the form HER's own data has. */
  readonly form?: PromptForm
  /** Lore that applies now, in the order it is to be read. */
  readonly lore?: readonly string[]
  /** HER's own (`herHistory`) unless said otherwise. */
  readonly history?: HistoryPolicy
  /** What the reader tells the model from outside of the story. */
  readonly note?: DirectorsNote
  /** Without one everything is sent. */
  readonly budget?: PromptBudget
}

export interface Prompt {
  /** `system`, then `user` and `assistant` in turn, `user` first. */
  readonly messages: readonly PromptMessage[]
  /**
   * ChatML's ends first, since servers may take only a few (OpenAI four), then the others' names at a line start, the
   * user's first. A server knows no layers: a plan that gives another a line of its own is stopped there as well.
   */
  readonly stop: readonly string[]
  /** The names that end the turn, for the parser of the reply. */
  readonly others: readonly string[]
  /** Estimated, the server's factor included. */
  readonly tokens: number
  /** What was left out for want of room: example chats first, then turns, oldest first. Tokens are estimated. */
  readonly dropped: { readonly turns: number; readonly tokens: number; readonly examples: number }
  /** By how many tokens the prompt is over its budget though only the newest turn is in it; 0 when it fits. */
  readonly overBudget: number
  /** `assistant` when the newest turn is the character's own: such a prompt asks to go on, and not for an answer. */
  readonly endsWith: 'user' | 'assistant'
}

/** A twentieth of the room stays free: estimates err by about that, and a prompt too long is refused as a whole. */
const usableShare = 0.95

/** ChatML's opening of the reply. */
const replyOpeningTokens = 3

/**
 * Builds what a model is sent for one character's turn, in the form HER models were trained on.
 *
 * The messages always alternate and begin with `user`, since many chat templates refuse anything else: a story (or what
 * is left of it) that begins with the character has `===Conversation Start===` alone before it, as in HER's demo.
 * Nothing is made up to end on `user`: after the character's own newest turn the last message is its own, and
 * `endsWith` says so (unless the card has something to say after the history).
 *
 * A card's `post_history_instructions` end the last user message under a heading of their own; a system message at the
 * end would break the alternation, and several templates refuse it.
 *
 * A director's note is part of a `user` message, in brackets; see `historyMessages`.
 *
 * Every message is the sum of its pieces, each with its origin. Marks of chat templates in any text are disarmed.
 * Throws when `character` is not of the cast or a turn was heard by someone else; both are mistakes of the caller.
 */
export function buildPrompt(input: PromptInput): Prompt {
  const { character, cast, heard, form = 'training', lore = [], budget } = input
  const member = memberOf(character, cast)
  if (!member) throw new Error(`${character} is not of the cast`)
  const { card } = member
  const names = { char: spokenName(card), user: userName(cast) }

  const system = (examples: readonly string[]) =>
    createMessage('system', systemPrompt({ member, cast, form, lore, examples }))
  const afterHistory = disarm(expandMacros(card.postHistoryInstructions, { ...names, original: '' }).trim())

  const factor = budget?.factor ?? 1
  const limit = budget ? ((budget.contextTokens - budget.replyTokens) * usableShare) / factor : Number.POSITIVE_INFINITY
  const bare = system([])
  const noteText = input.note ? writeNote(input.note, (text) => expandMacros(text, names)) : ''
  const noteAmong = (turns: number) =>
    input.note && noteText !== '' ? { text: noteText, place: placeOfNote(input.note, turns) } : undefined
  const room = limit - tokensOf([bare, ...historyMessages([], afterHistory, noteAmong(0))])
  const history = chooseHistory(heard, character, room, input.history)
  const story = historyMessages(history.turns, afterHistory, noteAmong(history.turns.length))
  const blocks = exampleBlocks(member, cast)
  const examples = newestThatFit(blocks, limit - tokensOf([bare, ...story]))

  const messages = [examples.length > 0 ? system(examples) : bare, ...story]
  const counted = tokensOf(messages)
  const others = otherNames(character, cast)
  return {
    messages,
    stop: [...chatMlStops, ...others.map((name) => `\n${name}:`)],
    others,
    tokens: Math.ceil(counted * factor),
    dropped: { ...history.dropped, examples: blocks.length - examples.length },
    overBudget: Math.max(0, Math.ceil((counted - limit) * factor)),
    endsWith: messages.at(-1)?.role === 'assistant' ? 'assistant' : 'user',
  }
}

/** What messages cost together, the opening of the reply included: estimated, without a server's factor. */
export function tokensOf(messages: readonly Pick<PromptMessage, 'content'>[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content) + messageTokens, replyOpeningTokens)
}

/** The last blocks whose sum fits: when room is short examples go first, and of them the oldest. */
function newestThatFit(blocks: readonly string[], room: number): string[] {
  // The section's title and its blank lines.
  let left = room - 12
  const first = blocks.findLastIndex((block) => {
    left -= estimateTokens(block) + 1
    return left < 0
  })
  return blocks.slice(first + 1)
}
