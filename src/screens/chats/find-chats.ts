import type { Conversation } from '#core/conversation/conversation.ts'
import type { CharacterId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { fold } from '#core/search/fold.ts'

/** The chats whose title, or the name of anyone in them, holds every word that was typed. */
export function findChats(
  chats: readonly Conversation[],
  wanted: string,
  nameOf: (id: CharacterId) => string | undefined,
): readonly Conversation[] {
  const words = fold(wanted).split(/\s+/).filter(Boolean)
  if (words.length === 0) return chats
  return chats.filter((chat) => {
    const text = fold([chat.title, ...castIdsOf(chat).map((id) => nameOf(id) ?? '')].join('\n'))
    return words.every((word) => text.includes(word))
  })
}
