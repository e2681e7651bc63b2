import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, pathTo, type Tree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId } from '#core/ids.ts'
import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import type { Cast } from '#core/scene/cast.ts'
import { recallMemory } from '#core/scene/remembering.ts'
import { implicitPairs } from '#core/taste/implicit-pairs.ts'
import { contextOf, judgeCaseOf, type Moment } from '#core/taste/judge-case.ts'
import type { JudgeCase } from '#core/taste/judge-prompt.ts'
import { type Pair, pairsOf } from '#core/taste/pairs.ts'
import type { Preference } from '#core/taste/preference.ts'
import { readCast } from '#engine/read-cast.ts'
import { loadSeal } from '#engine/send-sealed.ts'
import { everyTurn, type StoragePort } from '#ports/storage.ts'

/** A chat as far as its takes are compared. */
export interface ChatPairs {
  readonly conversation: Conversation
  readonly cast: Cast
  readonly tree: Tree
  readonly pairs: readonly Pair[]
  /** What was preferred without anybody being asked. Never on disk: it follows from the chat as it is. */
  readonly implicit: readonly Preference[]
}

type Disk = Pick<StoragePort, 'get' | 'list' | 'turnsBefore'>

/** The chats in which there is something to compare, the newest first, each as soon as it is read. */
export async function* readChatsWithPairs(storage: Disk): AsyncGenerator<ChatPairs> {
  const conversations = (await storage.list('conversations')).filter(({ deletedAt }) => deletedAt === undefined)
  for (const conversation of conversations.sort((one, other) => other.updatedAt - one.updatedAt)) {
    const chat = await readChatPairs(storage, conversation)
    if (chat && (chat.pairs.length > 0 || chat.implicit.length > 0)) yield chat
  }
}

/** One chat with its pairs; undefined when its characters are gone for good. */
export async function readChatPairs(storage: Disk, conversation: Conversation): Promise<ChatPairs | undefined> {
  const [turns, cast] = await Promise.all([
    storage.turnsBefore(conversation.id, undefined, everyTurn),
    readCast(storage as StoragePort, conversation),
  ])
  if (!cast) return undefined
  const tree = createTree(turns)
  return {
    conversation,
    cast,
    tree,
    pairs: pairsOf(tree, conversation),
    implicit: implicitPairs(tree, conversation.headId, cast, conversation),
  }
}

/** The same by its id; undefined when it is gone. */
export async function findChatPairs(storage: Disk, id: ConversationId): Promise<ChatPairs | undefined> {
  const conversation = await storage.get('conversations', id)
  return conversation && conversation.deletedAt === undefined ? readChatPairs(storage, conversation) : undefined
}

/** The two takes of a pair; undefined when one of them is gone. */
export function takesOfPair({ tree }: Pick<ChatPairs, 'tree'>, { a, b }: Pick<Pair, 'a' | 'b'>) {
  const takes = [tree.turnsById.get(a), tree.turnsById.get(b)] as const
  const [one, other] = takes
  if (!one || !other || one.deletedAt !== undefined || other.deletedAt !== undefined) return undefined
  return [one, other] as const
}

/**
 * A pair as a judge, or a file, is shown it; undefined where a take is gone. What came before is looked through once more
 * as every request about a story is, and a pair in whose context something is that its speaker can't know is shown to
 * nobody: that would be a fault of ours.
 */
export async function showPair(
  storage: Pick<StoragePort, 'get'>,
  { conversation, cast, tree }: Omit<ChatPairs, 'pairs' | 'implicit'>,
  pair: Pair,
  budget?: PromptBudget,
): Promise<JudgeCase | undefined> {
  const takes = takesOfPair({ tree }, pair)
  const speaker = takes?.[0].speaker
  if (!takes || speaker?.kind !== 'character') return undefined
  const path: readonly Turn[] = pathTo(tree, pair.parentId)
  const character = speaker.characterId
  const memory = recallMemory(await storage.get('memories', conversation.id), path, character)
  const moment: Moment = { character, cast, path, memory, budget }
  const messages = contextOf(moment)
  const { sealPrompt } = await loadSeal()
  const { leaks } = sealPrompt({ payload: { messages }, path, knower: { kind: 'character', id: character }, cast })
  return leaks.length > 0 ? undefined : judgeCaseOf(moment, takes, messages)
}
