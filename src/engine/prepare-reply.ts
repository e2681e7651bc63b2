import type { CardDocument } from '#core/cards/card.ts'
import { cardFields } from '#core/cards/card-fields.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { type Cast, namesOf } from '#core/scene/cast.ts'
import { castIdsOf, modelsOwn } from '#core/scene/cast-of.ts'
import { hearBackwards } from '#core/scene/hearing.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { recallMemory } from '#core/scene/remembering.ts'
import type { StoragePort } from '#ports/storage.ts'
import { assembleReply, choosePrefill } from './assemble-reply.ts'
import { characterConnection } from './bound-connection.ts'
import type { Answerer, PreparedReply, ReplyWish, UnbuiltReply } from './prepared-reply.ts'
import { readPlayers } from './read-cast.ts'
import { activeConnection, budgetOf, withShare } from './reply-basis.ts'

/** Reads what a reply depends on and builds its prompt from `path` (oldest first). */
export async function prepareReply(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  wish: ReplyWish = {},
): Promise<PreparedReply> {
  return (await readReply(storage, conversation, path, wish)).prepare()
}

/** Reads what a reply depends on; who answers is known then, and its prompt is still to be built. */
export async function readReply(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  { begun, share = 1, speaker }: ReplyWish = {},
): Promise<UnbuiltReply> {
  if (speaker?.kind === 'environment') {
    return (await import('./read-narration.ts')).readNarration(storage, conversation, path, { begun, share })
  }
  const [parts, memories] = await Promise.all([
    readParts(storage, conversation, path, speaker?.characterId),
    storage.get('memories', conversation.id),
  ])
  const { character, persona, card, cast, connection, isLost, budget, lorebooks } = parts
  // Most chats have no book, and those that have one can wait for what reads it.
  const lorist = hasBook(character.document) || lorebooks.length > 0 ? await import('./prepare-lore.ts') : undefined
  const answerer: Answerer = { kind: 'character', characterId: character.id }
  const prefill = choosePrefill(connection, begun)
  return {
    speaker: answerer,
    prefill,
    prepare: () => {
      const { form, history } = connection.prompt ?? {}
      const { note } = conversation
      const heard = hearBackwards(path, character.id, cast)
      const memory = recallMemory(memories, path, character.id)
      const macros = macrosOf(conversation, path)
      const { contextTokens } = budget
      const scene = { conversation, character, persona, lorebooks, cast, path, heard, contextTokens, macros }
      const lore = lorist?.prepareLore(scene)
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
        budget: withShare(budget, share),
      })
      return assembleReply({
        speaker: answerer,
        sealing: { path, knower: { kind: 'character', id: character.id }, cast },
        connection,
        ...(isLost && { fellBack: true }),
        budget,
        prompt,
        prefill,
        begun,
        names: namesOf(card),
        ...(note && { note }),
        ...(lore && { lore }),
      })
    },
  }
}

/**
 * Who plays in a conversation, who answers, and how much it may take.
 * @param wanted who answers, when that is known.
 */
export async function readParts(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
  wanted?: CharacterId,
) {
  const [{ characters, persona, cast }, inUse, library] = await Promise.all([
    readPlayers(storage, conversation),
    activeConnection(storage),
    storage.list('lorebooks'),
  ])
  const answerer = wanted ?? (await answererOf(conversation, cast, path))
  const character = characters.find(({ id }) => id === answerer)
  if (!character) throw new Error(`No character ${answerer}`)
  const card = viewCard(character.document)
  const { connection, isLost } = await characterConnection(storage, inUse, conversation, character)
  const budget = budgetOf(connection)
  const attached = new Set([conversation, character, persona].flatMap((row) => row?.lorebookIds ?? []))
  const lorebooks = library.filter(
    ({ id, isEverywhere, deletedAt }) => deletedAt === undefined && (isEverywhere || attached.has(id)),
  )
  return { character, persona, card, cast, connection, isLost, budget, lorebooks }
}

/** Who answers where nobody is chosen. */
async function answererOf(conversation: Conversation, cast: Cast, path: readonly Turn[]): Promise<CharacterId> {
  const first = modelsOwn(conversation)[0] ?? conversation.characterId
  if (!conversation.cast) return first
  const { nextBy } = await import('#core/scene/next-speaker.ts')
  const present = presentAfter(path, castIdsOf(conversation))
  return nextBy(conversation.speaksNext?.by ?? 'mention', { cast, path, present }, seedOf(path)) ?? first
}

/** What chance follows from when it is chosen who speaks: the newest turn, so that a reply that is asked for again is theirs. */
export function seedOf(path: readonly Turn[]): string {
  const last = path.at(-1)
  return last ? `${last.conversationId} ${path.length} ${last.raw}` : ''
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
