import type { Conversation } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { Cast } from '#core/scene/cast.ts'
import { castOf } from '#core/scene/cast-of.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The cast of a conversation as it is on disk; undefined when its character is gone for good. */
export async function readCast(
  storage: StoragePort,
  { characterId, personaId }: Conversation,
): Promise<Cast | undefined> {
  const [character, persona] = await Promise.all([
    storage.get('characters', characterId),
    storage.get('personas', personaId ?? defaultPersonaId),
  ])
  return character && castOf(character, persona)
}
