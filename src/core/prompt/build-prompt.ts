import { expandMacros } from '#core/cards/macros.ts'
import type { CharacterId } from '#core/ids.ts'
import { type ActiveEntry, type ActiveLore, isLoreFor } from '#core/lorebook/active-lore.ts'
import { type Cast, memberOf, otherNames } from '#core/scene/cast.ts'
import type { HeardTurns } from '#core/scene/hearing.ts'
import { isMemoryOf, type KnownMemory } from '#core/scene/remembering.ts'
import { macrosOf } from '#core/scene/scene-macros.ts'
import { chooseHistory } from './choose-history.ts'
import { type DirectorsNote, placeOfNote, writeNote } from './directors-note.ts'
import { estimateTokens } from './estimate.ts'
import { exampleBlocks } from './example-blocks.ts'
import type { PromptForm } from './form.ts'
import { type AmongTurns, historyMessages } from './history-messages.ts'
import type { HistoryPolicy } from './history-policy.ts'
import { placeLore } from './place-lore.ts'
import type { PromptMacros } from './prompt-macros.ts'
import { createMessage, type LoreOrigin, type PromptMessage } from './prompt-message.ts'
import { messageTokensOf, type PromptBudget, roomIn, tokensOf } from './prompt-room.ts'
import { chatMlStops, disarm } from './special-tokens.ts'
import { systemPrompt } from './system-prompt.ts'

export interface PromptInput {
  /** Whose turn it is; one of the cast. */
  readonly character: CharacterId
  readonly cast: Cast
  /** What this character heard of the chat, newest last. Turns as they were written do not compile here. */
  readonly heard: HeardTurns
  /** What it remembers of the oldest turns: a summary that is sent in their place. */
  readonly memory?: KnownMemory
  /** `training` unless said otherwise: the form HER's own data has. */
  readonly form?: PromptForm
  /** Lore that applies now, of what this character knows (`activateLore`). */
  readonly lore?: ActiveLore
  /** Chance and time for the macros of cards. */
  readonly macros?: Omit<PromptMacros, 'outlets'>
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
  /** The same without the factor. */
  readonly estimated: number
  /** How many of the oldest turns a summary was sent for, and what it takes; estimated. */
  readonly remembered?: { readonly turns: number; readonly tokens: number }
  /** The summary was left out because the newest turn did not fit beside it: its turns are among the dropped. */
  readonly droppedMemory: boolean
  /** What was left out for want of room: example chats first, then turns, oldest first. Tokens are estimated. */
  readonly dropped: { readonly turns: number; readonly tokens: number; readonly examples: number }
  /** Lore that was left out because the newest turn did not fit beside it, what is least in order first. */
  readonly droppedLore: readonly LoreOrigin[]
  /** By how many tokens the prompt is over its budget though only the newest turn is in it; 0 when it fits. */
  readonly overBudget: number
  /** `assistant` when the newest turn is the character's own: such a prompt asks to go on, and not for an answer. */
  readonly endsWith: 'user' | 'assistant'
}

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
 * Throws when `character` is not of the cast, or a turn was heard or lore is known by someone else; all are mistakes of
 * the caller.
 */
export function buildPrompt(input: PromptInput): Prompt {
  const { character, lore, memory, ...rest } = input
  if (lore && !isLoreFor(lore, character)) throw new Error(`Lore that ${character} does not know was about to be told`)
  if (memory && !isMemoryOf(memory, character)) throw new Error(`${character} was about to be told another's memory`)
  const entries = lore?.entries ?? []
  const whole = assemble(input, entries)
  if (whole.overBudget === 0) return whole
  // Without the newest turn there is nothing to answer; lore gives way to it, and then what is remembered.
  let excess = whole.overBudget
  const first = entries.findIndex(({ tokens }) => {
    excess -= tokens
    return excess <= 0
  })
  const kept = first < 0 ? [] : entries.slice(first + 1)
  const droppedLore = entries
    .slice(0, entries.length - kept.length)
    .map(({ bookId, entryId, title }) => ({ bookId, entryId, title }))
  const lessLore = entries.length > 0 ? assemble(input, kept) : whole
  if (lessLore.overBudget === 0 || !memory) return { ...lessLore, droppedLore }
  return { ...assemble({ ...rest, character }, kept), droppedLore, droppedMemory: true }
}

function assemble(input: PromptInput, entries: readonly ActiveEntry[]): Prompt {
  const { character, cast, heard, memory, form = 'training', budget } = input
  const member = memberOf(character, cast)
  if (!member) throw new Error(`${character} is not of the cast`)
  const { card } = member
  const lore = placeLore(entries)
  const macros = { ...input.macros, outlets: lore.outlets }
  const values = macrosOf(member, cast, macros)

  const system = (examples: readonly string[]) =>
    createMessage('system', systemPrompt({ member, cast, form, lore, examples, macros }))
  const afterHistory = disarm(expandMacros(card.postHistoryInstructions, { ...values, original: '' }).trim())

  const factor = budget?.factor ?? 1
  const limit = budget ? roomIn(budget) : Number.POSITIVE_INFINITY
  const bare = system([])
  const noteText = input.note ? writeNote(input.note, (text) => expandMacros(text, values)) : ''
  const remembered = memory?.turns ?? 0
  const among = (turns: number, dropped = 0): AmongTurns => ({
    lore: lore.story,
    dropped: dropped + remembered,
    ...(memory && { memory: { text: memory.version.text, name: values.char } }),
    ...(input.note && noteText !== '' && { note: { text: noteText, place: placeOfNote(input.note, turns) } }),
  })
  const room = limit - tokensOf([bare, ...historyMessages([], afterHistory, among(0))])
  const history = chooseHistory(heard, character, room, input.history, remembered)
  const story = historyMessages(history.turns, afterHistory, among(history.turns.length, history.dropped.turns))
  // The story is most of it, and counted once.
  const storyTokens = tokensOf(story)
  const blocks = exampleBlocks(member, cast, macros)
  const bareTokens = messageTokensOf(bare)
  // Where turns drop, room is left for those to come, and none for examples.
  const examples = history.dropped.turns > 0 ? [] : newestThatFit(blocks, limit - bareTokens - storyTokens)

  const head = examples.length > 0 ? system(examples) : bare
  const messages = [head, ...story]
  const estimated = (head === bare ? bareTokens : messageTokensOf(head)) + storyTokens
  const others = otherNames(character, cast)
  return {
    messages,
    stop: [...chatMlStops, ...others.map((name) => `\n${name}:`)],
    others,
    tokens: Math.ceil(estimated * factor),
    estimated,
    ...(memory && { remembered: { turns: remembered, tokens: estimateTokens(memory.version.text) } }),
    droppedMemory: false,
    dropped: { ...history.dropped, examples: blocks.length - examples.length },
    droppedLore: [],
    overBudget: Math.max(0, Math.ceil((estimated - limit) * factor)),
    endsWith: messages.at(-1)?.role === 'assistant' ? 'assistant' : 'user',
  }
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
