import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { chosenPersonaSetting, defaultPersonaId, nobodyId } from '#core/conversation/persona.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { PersonaId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { castIdsOf, castOf } from '#core/scene/cast-of.ts'
import { presentAfter } from '#core/scene/presence.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The cast of a conversation as it is on disk; undefined when all of its characters are gone for good. */
export async function readCast(storage: StoragePort, conversation: Conversation): Promise<Cast | undefined> {
  const { characters, cast } = await readPlayers(storage, conversation)
  return characters.length > 0 ? cast : undefined
}

/** Who is in a conversation, in the order of its cast; those who are gone for good are left out. */
export async function readPlayers(storage: StoragePort, conversation: Conversation) {
  const [found, { persona, former }] = await Promise.all([
    Promise.all(castIdsOf(conversation).map((id) => storage.get('characters', id))),
    readPersonas(storage, conversation),
  ])
  const characters = found.filter((character): character is Character => character !== undefined)
  const { userPlays, scenario, secrets, appearances } = conversation
  const cast = castOf(characters, persona, { former, userPlays, scenario, secrets, appearances })
  return { characters, persona, cast }
}

/** Whether anyone is there to answer the newest turn of a scene. */
export async function hasAnswerer(
  storage: StoragePort,
  conversation: Conversation,
  path: readonly Turn[],
): Promise<boolean> {
  const [cast, { candidatesOf }] = await Promise.all([
    readCast(storage, conversation),
    import('#core/scene/next-speaker.ts'),
  ])
  return (
    cast !== undefined && candidatesOf({ cast, path, present: presentAfter(path, castIdsOf(conversation)) }).length > 0
  )
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
