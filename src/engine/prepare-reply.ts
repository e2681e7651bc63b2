import type { CardDocument } from '#core/cards/card.ts'
import { cardFields } from '#core/cards/card-fields.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { type Connection, canContinue } from '#core/connection.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { ActiveLore } from '#core/lorebook/active-lore.ts'
import { buildPrompt, type Prompt, type PromptBudget, tokensOf } from '#core/prompt/build-prompt.ts'
import type { DirectorsNote } from '#core/prompt/directors-note.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { tellToGoOn } from '#core/prompt/tell-to-go-on.ts'
import { namesOf, spokenName } from '#core/scene/cast.ts'
import { castOf } from '#core/scene/cast-of.ts'
import { hearBackwards } from '#core/scene/hearing.ts'
import { recallMemory } from '#core/scene/remembering.ts'
import type { ModelRequest } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import { readPersonas } from './read-cast.ts'

/** The opening of HER's planning block: a reply that begins with it starts to plan at once. */
export const planningOpener = '<system_thinking>'

/** What is assumed of a server that does not tell its context length, in tokens. */
const assumedContextTokens = 8192

/** Everything a reply needs before its request leaves. */
export interface PreparedReply {
  readonly connection: Connection
  readonly request: ModelRequest
  /**
   * What the reply begins with: planning opened for the model, the words it was begun with, the same where the model
   * could only be told to go on from them, or nothing.
   */
  readonly prefill: 'planning' | 'begun' | 'told' | 'none'
  readonly reader: { readonly speaker: string; readonly aliases: readonly string[]; readonly others: readonly string[] }
  readonly droppedTurns: number
  /** How many of the oldest turns a summary stands for. */
  readonly rememberedTurns: number
  readonly prompt: Prompt
  /** What the request takes of the window, prefill included: estimated, without the server's factor. */
  readonly estimatedTokens: number
  /** The window, as the server told it or as it is assumed. */
  readonly contextTokens: number
  readonly note?: DirectorsNote
  /** What became of every entry of the books that apply; missing where none does. */
  readonly lore?: ActiveLore
  /** Where a reply is stopped that goes on after its planning. */
  readonly stopAfterPlanning: readonly string[]
}

/** Text a reply already has and is to go on from. */
export interface BegunText {
  readonly raw: string
  /** Where the server can't go on from given words, the model may be told to in the prompt. */
  readonly mayBeTold: boolean
}

/**
 * Reads what a reply of the conversation's character depends on and builds its prompt from `path` (oldest first).
 * `begun` is text the reply already has and goes on from, where the server can.
 * @param share how much of what the reply leaves of the window the prompt may take: to see what would drop from less.
 */
export async function prepareReply(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  begun?: BegunText,
  share = 1,
): Promise<PreparedReply> {
  const [{ character, persona, card, cast, connection, budget, lorebooks }, memories] = await Promise.all([
    readParts(storage, conversation),
    storage.get('memories', conversation.id),
  ])
  const { form, history, keepsOthers } = connection.prompt ?? {}
  const { note } = conversation
  const knownWindow = connection.capabilities.contextTokens !== undefined
  const heard = hearBackwards(path, character.id, cast)
  const memory = recallMemory(memories, path, character.id)
  const macros = macrosOf(conversation, path)
  const { contextTokens } = budget
  const scene = { conversation, character, persona, lorebooks, cast, path, heard, contextTokens, macros }
  // Most chats have no book, and those that have one can wait for what reads it.
  const lore =
    hasBook(character.document) || lorebooks.length > 0
      ? (await import('./prepare-lore.ts')).prepareLore(scene)
      : undefined
  const prompt = buildPrompt({
    character: character.id,
    cast,
    heard,
    ...(lore && { lore }),
    ...(memory && { memory }),
    macros,
    ...(form && { form }),
    ...(history && { history }),
    ...(note && { note }),
    budget: { ...budget, contextTokens: budget.replyTokens + (contextTokens - budget.replyTokens) * share },
  })
  const prefill = choosePrefill(connection, begun)
  const opening = { planning: planningOpener, begun: begun?.raw ?? '', told: '', none: '' }[prefill]
  const told = prefill === 'told' && begun ? tellToGoOn(prompt.messages, begun.raw) : undefined
  const stopAfterPlanning = keepsOthers ? chatMlStops : prompt.stop
  return {
    connection,
    request: {
      messages: told ?? prompt.messages,
      ...(opening !== '' && { prefill: opening }),
      sampling: knownWindow ? { ...connection.sampling, maxTokens: budget.replyTokens } : connection.sampling,
      // While a reply plans, a line that begins with another's name is no turn of theirs; the reader of the reply cuts
      // those that are.
      stop: prefill === 'begun' || prefill === 'told' ? stopAfterPlanning : chatMlStops,
    },
    prefill,
    reader: { speaker: spokenName(card), aliases: namesOf(card), others: keepsOthers ? [] : prompt.others },
    droppedTurns: prompt.dropped.turns,
    rememberedTurns: prompt.remembered?.turns ?? 0,
    prompt,
    estimatedTokens: (told ? tokensOf(told) : prompt.estimated) + estimateTokens(opening),
    contextTokens,
    ...(note && { note }),
    ...(lore && { lore }),
    stopAfterPlanning,
  }
}

/** Who plays in a conversation, who answers, and how much it may take. */
export async function readParts(storage: StoragePort, conversation: Conversation) {
  const [character, { persona, former }, connection, library] = await Promise.all([
    storage.get('characters', conversation.characterId),
    readPersonas(storage, conversation),
    activeConnection(storage),
    storage.list('lorebooks'),
  ])
  if (!character) throw new Error(`No character ${conversation.characterId}`)
  const card = viewCard(character.document)
  const cast = castOf(character, persona, former)
  const contextTokens = connection.capabilities.contextTokens ?? assumedContextTokens
  const budget: PromptBudget = {
    contextTokens,
    // In a small window a long reply must not take the story's place.
    replyTokens: Math.min(connection.sampling.maxTokens, Math.floor(contextTokens / 2)),
    factor: connection.tokenFactor ?? 1,
  }
  const attached = new Set([conversation, character, persona].flatMap((row) => row?.lorebookIds ?? []))
  const lorebooks = library.filter(
    ({ id, isEverywhere, deletedAt }) => deletedAt === undefined && (isEverywhere || attached.has(id)),
  )
  return { character, persona, card, cast, connection, budget, lorebooks }
}

function choosePrefill(connection: Connection, begun: BegunText | undefined): PreparedReply['prefill'] {
  if (canContinue(connection)) return begun ? 'begun' : 'planning'
  return begun?.mayBeTold ? 'told' : 'none'
}

function hasBook(document: CardDocument): boolean {
  return isObject(own(cardFields(document), 'character_book'))
}

/**
 * What chance and time are in macros: `{{pick}}` follows from the chat, `{{random}}` falls anew for each reply since a
 * chat's row changes with each, and it is as late as the newest turn says.
 */
function macrosOf(conversation: Conversation, path: readonly Turn[]) {
  return {
    chance: { chat: conversation.id, reply: `${conversation.id} ${path.length} ${conversation.updatedAt}` },
    now: { at: path.at(-1)?.createdAt ?? conversation.updatedAt },
  }
}

/** The connection in use: the one the reader chose, else the built-in demo. */
export async function activeConnection(storage: StoragePort): Promise<Connection> {
  const chosen = await storage.get('settings', 'connection')
  const connection = chosen && (await storage.get('connections', chosen.value))
  return connection ?? demoConnection
}
