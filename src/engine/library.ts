import type { Character } from '#core/cards/character.ts'
import { type CardError, type CardWarning, readCard } from '#core/cards/read-card.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import type { Undo } from './undo.ts'

/** A character that ships with the app. */
export interface BundledCharacter {
  readonly slug: string
  readonly card: Uint8Array<ArrayBuffer>
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
  /** Puts the bundled characters in, once; later calls do nothing. Gives all ids by slug. */
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

/** Named in `settings` once the bundled characters were put in: a reader who deletes one does not get it back. */
const seededSetting = 'bundled-characters'

export function createLibrary({ storage, now, createId, hueOf }: LibraryDependencies): Library {
  return {
    importCard: async (bytes, fileName) => {
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
      if (!(await storage.get('settings', seededSetting))) {
        await storage.write([
          ...bundled.flatMap(toRows),
          { type: 'put', table: 'settings', row: { name: seededSetting, value: '1' } },
        ])
      }
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

  function toRows({ slug, card, portrait, hue }: BundledCharacter): Change[] {
    const read = readCard(card, `${slug}.json`)
    if (!read.ok) throw new Error(`The bundled card ${slug} can't be read`)
    const at = now()
    const portraitId = `bundled-${slug}` as FileId
    const id = `bundled-${slug}` as CharacterId
    return [
      { type: 'put', table: 'files', row: { id: portraitId, blob: portrait } },
      {
        type: 'put',
        table: 'characters',
        row: {
          id,
          document: read.value.document,
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
