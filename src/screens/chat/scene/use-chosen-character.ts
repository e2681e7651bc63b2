import { create } from 'zustand'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'

interface Chosen {
  readonly byConversation: Readonly<Record<ConversationId, CharacterId>>
}

const useChosen = create<Chosen>(() => ({ byConversation: {} }))

/** Whose eyes, whose memory: what is looked at next in a scene is about this one. */
export function chooseCharacter(conversationId: ConversationId, id: CharacterId): void {
  useChosen.setState(({ byConversation }) => ({ byConversation: { ...byConversation, [conversationId]: id } }))
}

/** The one that was chosen last, else who spoke last, else the first. */
export function useChosenCharacter(
  conversation: Conversation,
  path: readonly Turn[],
): [CharacterId, (id: CharacterId) => void] {
  const chosen = useChosen(({ byConversation }) => byConversation[conversation.id])
  const cast = castIdsOf(conversation)
  const isOfCast = (id: CharacterId | undefined): id is CharacterId => id !== undefined && cast.includes(id)
  const last = path.findLast(({ speaker }) => speaker.kind === 'character' && isOfCast(speaker.characterId))?.speaker
  const spoke = last?.kind === 'character' ? last.characterId : undefined
  const id = isOfCast(chosen) ? chosen : (spoke ?? cast[0] ?? conversation.characterId)
  return [id, (next) => chooseCharacter(conversation.id, next)]
}
