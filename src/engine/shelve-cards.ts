import { distinctTags, tagKey } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId, FileId, PersonaId } from '#core/ids.ts'
import type { LookAtPicture } from '#ports/card-reader.ts'
import type { StoragePort } from '#ports/storage.ts'
import { editIfAny } from './changes.ts'
import { undeleted } from './undeleted.ts'
import type { Undo } from './undo.ts'

/** Where and how a library keeps its characters. Each verb takes any number of them. */
export interface Shelves {
  setFavourite(ids: readonly CharacterId[], isFavourite: boolean): Promise<void>
  /** Without a folder they are in none. */
  moveTo(ids: readonly CharacterId[], folder: string | undefined): Promise<void>
  /** The reader's own tags; those of the card stay as its author wrote them. */
  addTag(ids: readonly CharacterId[], tag: string): Promise<void>
  removeTag(ids: readonly CharacterId[], tag: string): Promise<void>
  /** Whom the reader plays in new chats with this character. */
  bindPersona(id: CharacterId, personaId: PersonaId | undefined): Promise<void>
  /** They wait in the bin; one undo brings all of them back. */
  remove(ids: readonly CharacterId[]): Promise<Undo>
  /** Draws the thumbnail of a character that has a picture and none yet. */
  drawThumbnail(id: CharacterId): Promise<void>
}

/** Cards in memory at a time, and in one write. */
const batchSize = 100

export function createShelves(storage: StoragePort, lookAtPicture: LookAtPicture, now: () => number): Shelves {
  return {
    setFavourite: (ids, isFavourite) =>
      edit(ids, ({ isFavourite: _before, ...rest }) => (isFavourite ? { ...rest, isFavourite } : rest)),

    moveTo: (ids, folder) => edit(ids, ({ folder: _before, ...rest }) => (folder ? { ...rest, folder } : rest)),

    addTag: (ids, tag) =>
      edit(ids, (character) => {
        const own = character.tags ?? []
        const hasIt = [...own, ...viewCard(character.document).tags].some((other) => tagKey(other) === tagKey(tag))
        return hasIt ? character : { ...character, tags: distinctTags([...own, tag]) }
      }),

    removeTag: (ids, tag) =>
      edit(ids, ({ tags = [], ...rest }) => {
        const left = tags.filter((other) => tagKey(other) !== tagKey(tag))
        return left.length > 0 ? { ...rest, tags: left } : rest
      }),

    bindPersona: (id, personaId) =>
      edit([id], ({ personaId: _before, ...rest }) => (personaId ? { ...rest, personaId } : rest)),

    remove: async (ids) => {
      const removed = new Set<CharacterId>()
      const undo: Undo = () => edit([...removed], (character) => undeleted(character))
      try {
        await edit(ids, (character) => {
          if (character.deletedAt !== undefined) return character
          removed.add(character.id)
          return { ...character, deletedAt: now() }
        })
      } catch (error) {
        // All of them or none, as far as the disk lets us.
        await undo().catch(() => undefined)
        throw error
      }
      return undo
    },

    drawThumbnail: async (id) => {
      const before = await storage.get('characters', id)
      const picture = before?.portraitId && (await storage.get('files', before.portraitId))
      if (!picture) return
      const { thumbnail } = await lookAtPicture(picture.blob)
      const current = await storage.get('characters', id)
      if (!current || current.portraitId !== picture.id || current.thumbnailId) return
      const thumbnailId = thumbnail ? (`${picture.id}-thumbnail` as FileId) : picture.id
      await storage.write([
        ...(thumbnail ? [{ type: 'put', table: 'files', row: { id: thumbnailId, blob: thumbnail } } as const] : []),
        editIfAny('characters', id, (row) => (row.portraitId === picture.id ? { ...row, thumbnailId } : row)),
      ])
    },
  }

  async function edit(ids: readonly CharacterId[], change: (character: Character) => Character): Promise<void> {
    for (let start = 0; start < ids.length; start += batchSize) {
      await storage.write(ids.slice(start, start + batchSize).map((id) => editIfAny('characters', id, change)))
    }
  }
}
