import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { chosenPersonaSetting, defaultPersonaId, nobodyId } from '#core/conversation/persona.ts'
import type { PersonaId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { castOf } from '#core/scene/cast-of.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The cast of a conversation as it is on disk; undefined when its character is gone for good. */
export async function readCast(storage: StoragePort, conversation: Conversation): Promise<Cast | undefined> {
  const [character, personas] = await Promise.all([
    storage.get('characters', conversation.characterId),
    readPersonas(storage, conversation),
  ])
  return character && castOf(character, personas.persona, personas.former)
}

/** Whom the reader plays in a conversation, and whom they played before. */
export async function readPersonas(
  storage: StoragePort,
  { personaId = defaultPersonaId, formerPersonaIds = [] }: Pick<Conversation, 'personaId' | 'formerPersonaIds'>,
): Promise<{ persona: Persona | undefined; former: readonly Persona[] }> {
  const [persona, ...former] = await Promise.all(
    [personaId, ...formerPersonaIds].map((id) => storage.get('personas', id)),
  )
  return { persona, former: former.map((one, index) => one ?? stranger(formerPersonaIds[index] ?? nobodyId)) }
}

/** Whoever they were, they gave no name. */
function stranger(id: PersonaId): Persona {
  return { id, name: '', description: '' }
}

/** Whom the reader plays in a new chat with a character; undefined for the first persona, or none was ever made. */
export async function personaForNewChat(
  storage: StoragePort,
  character: Character | undefined,
): Promise<PersonaId | undefined> {
  const chosen = (await storage.get('settings', chosenPersonaSetting))?.value as PersonaId | undefined
  for (const id of [character?.personaId, chosen]) {
    if (id === nobodyId) return id
    const persona = id && (await storage.get('personas', id))
    if (persona && persona.deletedAt === undefined) return id === defaultPersonaId ? undefined : id
  }
  const first = await storage.get('personas', defaultPersonaId)
  if (first?.deletedAt === undefined) return undefined
  const others = (await storage.list('personas')).filter(({ deletedAt }) => deletedAt === undefined)
  return others[0]?.id ?? nobodyId
}
