import type { CardDocument } from '#core/cards/card.ts'
import type { CardError } from '#core/cards/card-error.ts'
import type { CardWarning } from '#core/cards/card-warning.ts'
import type { Character } from '#core/cards/character.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import type { CardToKeep, ReadCardFile } from '#ports/card-reader.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { undeleted } from './undeleted.ts'
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

/** What became of one of the cards in a file. */
export interface ImportedItem {
  readonly fileName: string
  readonly card: Result<ImportedCard, CardError>
}

export interface Library {
  /**
   * Reads the cards of a file and keeps of each character, picture and original in one write, or nothing. Gives one
   * after the other as they are kept; nearly always there is one.
   */
  importFile(file: Blob, fileName: string): AsyncIterable<ImportedItem>
  /**
   * Puts in those of the bundled characters that were never here: one the reader deleted does not come back. Gives the
   * ids of all there are by slug.
   */
  seed(bundled: readonly BundledCharacter[]): Promise<ReadonlyMap<string, CharacterId>>
  remove(characterId: CharacterId): Promise<Undo>
}

export interface LibraryDependencies {
  readonly storage: StoragePort
  readonly readCardFile: ReadCardFile
  readonly now: () => number
  readonly createId: () => string
  /** The hue of a picture in OKLCH degrees. */
  readonly hueOf: (picture: Blob) => Promise<number>
}

export function createLibrary({ storage, readCardFile, now, createId, hueOf }: LibraryDependencies): Library {
  return {
    importFile: async function* (file, fileName) {
      for await (const item of readCardFile(file, fileName)) {
        yield { fileName: item.fileName, card: item.card.ok ? ok(await keep(item.card.value)) : item.card }
      }
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
      return async () => {
        const current = await storage.get('characters', characterId)
        if (current) await storage.write([{ type: 'put', table: 'characters', row: undeleted(current) }])
      }
    },
  }

  async function keep({ document, warnings, original, portrait }: CardToKeep): Promise<ImportedCard> {
    const originalRow = { id: createId() as FileId, blob: original }
    const ownPortrait = portrait instanceof Blob ? { id: createId() as FileId, blob: portrait } : undefined
    const portraitRow = portrait === 'original' ? originalRow : ownPortrait
    const at = now()
    const character: Character = {
      id: createId() as CharacterId,
      document,
      ...(portraitRow && { portraitId: portraitRow.id }),
      originalId: originalRow.id,
      hue: portraitRow ? await hueOf(portraitRow.blob) : 50,
      origin: 'imported',
      createdAt: at,
      updatedAt: at,
    }
    await storage.write([
      { type: 'put', table: 'files', row: originalRow },
      ...(ownPortrait ? [{ type: 'put', table: 'files', row: ownPortrait } as const] : []),
      { type: 'put', table: 'characters', row: character },
    ])
    return { characterId: character.id, warnings }
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
