import type { Persona } from '#core/conversation/conversation.ts'
import { chosenPersonaSetting, defaultPersonaId } from '#core/conversation/persona.ts'
import type { ConversationId, FileId, PersonaId } from '#core/ids.ts'
import type { LookAtPicture } from '#ports/card-reader.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { undeleted } from './undeleted.ts'
import type { Undo } from './undo.ts'

/** What a reader says of a persona. */
export interface PersonaFields {
  readonly name: string
  readonly description: string
  readonly notes: string
  /** A new picture; null takes the picture away; left out, it stays as it is. */
  readonly portrait?: Blob | null
}

/** Whom the reader plays. */
export interface Personas {
  create(fields: PersonaFields): Promise<PersonaId>
  save(id: PersonaId, fields: PersonaFields): Promise<void>
  duplicate(id: PersonaId): Promise<PersonaId>
  /** It waits in the bin. Chats it is played in stay as they are. */
  remove(id: PersonaId): Promise<Undo>
  /** New chats begin with it, where their character has no persona of its own. */
  choose(id: PersonaId): Promise<void>
  /** The reader plays it in a chat from now on; what was said before stays whose it was. */
  play(conversationId: ConversationId, id: PersonaId): Promise<void>
}

export interface PersonaDependencies {
  readonly storage: StoragePort
  readonly lookAtPicture: LookAtPicture
  readonly now: () => number
  readonly createId: () => string
}

export function createPersonas({ storage, lookAtPicture, now, createId }: PersonaDependencies): Personas {
  return {
    create: async (fields) => {
      // The first is the one of all chats there are already: their reader has not said who they are.
      const isFirst = !(await storage.get('personas', defaultPersonaId))
      const id = isFirst ? defaultPersonaId : (createId() as PersonaId)
      await put({ id, name: '', description: '', createdAt: now() }, fields)
      return id
    },

    save: async (id, fields) => put(await find(id), fields),

    duplicate: async (id) => {
      const { portraitId, ...original } = await find(id)
      const portrait = portraitId && (await storage.get('files', portraitId))
      const copy: PersonaFields = {
        name: `${original.name} (copy)`,
        description: original.description,
        notes: original.notes ?? '',
        ...(portrait && { portrait: portrait.blob }),
      }
      const copyId = createId() as PersonaId
      await put({ id: copyId, name: '', description: '', createdAt: now() }, copy)
      return copyId
    },

    remove: async (id) => {
      await write({ ...(await find(id)), deletedAt: now() })
      return async () => write(undeleted(await find(id)))
    },

    choose: (id) => storage.write([{ type: 'put', table: 'settings', row: { name: chosenPersonaSetting, value: id } }]),

    play: async (conversationId, id) => {
      const conversation = await storage.get('conversations', conversationId)
      if (!conversation) throw new Error(`No conversation ${conversationId}`)
      const before = conversation.personaId ?? defaultPersonaId
      if (before === id) return
      const formerPersonaIds = [...new Set([...(conversation.formerPersonaIds ?? []), before])]
      await storage.write([
        { type: 'put', table: 'conversations', row: { ...conversation, personaId: id, formerPersonaIds } },
      ])
    },
  }

  async function put(persona: Persona, { name, description, notes, portrait }: PersonaFields): Promise<void> {
    const { notes: _notes, portraitId: before, ...rest } = persona
    const picture = portrait && { id: createId() as FileId, blob: await shrink(portrait) }
    const portraitId = picture ? picture.id : portrait === null ? undefined : before
    const row: Persona = {
      ...rest,
      name,
      description,
      ...(notes !== '' && { notes }),
      ...(portraitId && { portraitId }),
    }
    const changes: Change[] = [{ type: 'put', table: 'personas', row }]
    if (picture) changes.push({ type: 'put', table: 'files', row: picture })
    if (before && before !== portraitId) changes.push({ type: 'delete', table: 'files', key: before })
    await storage.write(changes)
  }

  async function shrink(portrait: Blob): Promise<Blob> {
    return (await lookAtPicture(portrait)).thumbnail ?? portrait
  }

  async function find(id: PersonaId): Promise<Persona> {
    const persona = await storage.get('personas', id)
    if (!persona) throw new Error(`No persona ${id}`)
    return persona
  }

  function write(row: Persona): Promise<void> {
    return storage.write([{ type: 'put', table: 'personas', row }])
  }
}
