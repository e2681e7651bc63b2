import type { Persona } from '#core/conversation/conversation.ts'
import { chosenPersonaSetting, defaultPersonaId } from '#core/conversation/persona.ts'
import type { ConversationId, FileId, PersonaId } from '#core/ids.ts'
import type { LookAtPicture } from '#ports/card-reader.ts'
import type { Asked, StoragePort } from '#ports/storage.ts'
import { edit } from './changes.ts'
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
      await put(id, undefined, fields)
      return id
    },

    save: async (id, fields) => put(id, await find(id), fields),

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
      await put(copyId, undefined, copy)
      return copyId
    },

    remove: async (id) => {
      await storage.write([edit('personas', id, (persona) => ({ ...persona, deletedAt: now() }))])
      return () => storage.write([edit('personas', id, undeleted)])
    },

    choose: (id) => storage.write([{ type: 'put', table: 'settings', row: { name: chosenPersonaSetting, value: id } }]),

    play: (conversationId, id) =>
      storage.write([
        edit('conversations', conversationId, (conversation) => {
          const before = conversation.personaId ?? defaultPersonaId
          if (before === id) return conversation
          const formerPersonaIds = [...new Set([...(conversation.formerPersonaIds ?? []), before])]
          return { ...conversation, personaId: id, formerPersonaIds }
        }),
      ]),
  }

  async function put(id: PersonaId, before: Persona | undefined, fields: PersonaFields): Promise<void> {
    const { name, description, notes, portrait } = fields
    const picture = portrait && { id: createId() as FileId, blob: await shrink(portrait) }
    const written = ({ notes: _notes, portraitId: current, ...rest }: Persona): Persona => {
      const portraitId = picture ? picture.id : portrait === null ? undefined : current
      return { ...rest, name, description, ...(notes !== '' && { notes }), ...(portraitId && { portraitId }) }
    }
    const changes: Asked[] = [
      before
        ? edit('personas', id, written)
        : { type: 'put', table: 'personas', row: written({ id, name, description, createdAt: now() }) },
    ]
    if (picture) changes.push({ type: 'put', table: 'files', row: picture })
    if (before?.portraitId && portrait !== undefined) {
      changes.push({ type: 'delete', table: 'files', key: before.portraitId })
    }
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
}
