import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import type { CardError, CardWarning } from '#core/cards/read-card.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import type { Undo } from './undo.ts'

/** A character that ships with the app. */
export interface BundledCharacter {
  readonly slug: string
  readonly document: CardDocument
  readonly portrait: Blob
  /** OKLCH degrees. */
  readonly hue: number
}

export interface ImportedCard {
  readonly characterId: CharacterId
  readonly warnings: readonly CardWarning[]
}

export interface Library {
  /** Reads a card file and keeps character, picture and original in one write, or nothing. */
  importCard(bytes: Uint8Array<ArrayBuffer>, fileName: string): Promise<Result<ImportedCard, CardError>>
  /**
   * Puts in those of the bundled characters that were never here: one the reader deleted does not come back. Gives the
   * ids of all there are by slug.
   */
  seed(bundled: readonly BundledCharacter[]): Promise<ReadonlyMap<string, CharacterId>>
  remove(characterId: CharacterId): Promise<Undo>
}

export interface LibraryDependencies {
  readonly storage: StoragePort
  readonly now: () => number
  readonly createId: () => string
  /** The hue of a picture in OKLCH degrees. */
  readonly hueOf: (picture: Blob) => Promise<number>
}

export function createLibrary({ storage, now, createId, hueOf }: LibraryDependencies): Library {
  return {
    importCard: async (bytes, fileName) => {
      // The reader comes when the first file does: a chat needs none of it.
      const { readCard } = await import('#core/cards/read-card.ts')
      const read = readCard(bytes, fileName)
      if (!read.ok) return read
      const { document, picture, warnings } = read.value
      const original = {
        id: createId() as FileId,
        blob: new Blob([bytes], { type: bytes[0] === 0x89 ? 'image/png' : 'application/json' }),
      }
      const at = now()
      const character: Character = {
        id: createId() as CharacterId,
        document,
        ...(picture && { portraitId: original.id }),
        originalId: original.id,
        hue: picture ? await hueOf(original.blob) : 50,
        origin: 'imported',
        createdAt: at,
        updatedAt: at,
      }
      await storage.write([
        { type: 'put', table: 'files', row: original },
        { type: 'put', table: 'characters', row: character },
      ])
      return ok({ characterId: character.id, warnings })
    },

    seed: async (bundled) => {
      const known = new Set((await storage.list('characters')).map(({ id }) => id))
      const missing = bundled.filter(({ slug }) => !known.has(bundledId(slug)))
      if (missing.length > 0) await storage.write(missing.flatMap(toRows))
      const characters = await storage.list('characters')
      return new Map(characters.flatMap(({ slug, id }) => (slug ? [[slug, id] as const] : [])))
    },

    remove: async (characterId) => {
      const character = await storage.get('characters', characterId)
      if (!character) throw new Error(`No character ${characterId}`)
      await storage.write([{ type: 'put', table: 'characters', row: { ...character, deletedAt: now() } }])
      return () => storage.write([{ type: 'put', table: 'characters', row: character }])
    },
  }

  function toRows({ slug, document, portrait, hue }: BundledCharacter): Change[] {
    const at = now()
    const portraitId = `bundled-${slug}` as FileId
    const id = bundledId(slug)
    return [
      { type: 'put', table: 'files', row: { id: portraitId, blob: portrait } },
      {
        type: 'put',
        table: 'characters',
        row: {
          id,
          document,
          portraitId,
          hue,
          origin: 'bundled',
          slug,
          createdAt: at,
          updatedAt: at,
        },
      },
    ]
  }
}

function bundledId(slug: string): CharacterId {
  return `bundled-${slug}` as CharacterId
}
