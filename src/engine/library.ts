import type { CardDocument } from '#core/cards/card.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { edit, editIfAny } from './changes.ts'
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

export interface Library {
  /**
   * Puts in those of the bundled characters that were never here: one the reader deleted does not come back. Gives the
   * ids of all that were given by slug.
   */
  seed(bundled: readonly BundledCharacter[]): Promise<ReadonlyMap<string, CharacterId>>
  remove(characterId: CharacterId): Promise<Undo>
}

export interface LibraryDependencies {
  readonly storage: StoragePort
  readonly now: () => number
}

export function createLibrary({ storage, now }: LibraryDependencies): Library {
  return {
    seed: async (bundled) => {
      const known = new Set(await storage.keys('characters'))
      const missing = bundled.filter(({ slug }) => !known.has(bundledId(slug)))
      if (missing.length > 0) await storage.write(missing.flatMap(toRows))
      return new Map(bundled.map(({ slug }) => [slug, bundledId(slug)]))
    },

    remove: async (characterId) => {
      await storage.write([edit('characters', characterId, (character) => ({ ...character, deletedAt: now() }))])
      return () => storage.write([editIfAny('characters', characterId, undeleted)])
    },
  }

  function toRows({ slug, document, portrait, hue }: BundledCharacter): Change[] {
    const at = now()
    const portraitId = `bundled-${slug}` as FileId
    return [
      { type: 'put', table: 'files', row: { id: portraitId, blob: portrait } },
      {
        type: 'put',
        table: 'characters',
        row: {
          id: bundledId(slug),
          document,
          portraitId,
          // A drawing of lines: small, and sharp at every size.
          thumbnailId: portraitId,
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
