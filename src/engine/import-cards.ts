import type { CardError } from '#core/cards/card-error.ts'
import type { CardVersion } from '#core/cards/card-history.ts'
import { cardMeaning, contentHash } from '#core/cards/card-meaning.ts'
import type { CardWarning } from '#core/cards/card-warning.ts'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import { jsonEqual } from '#core/cards/json-tree.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import type { CardToKeep, LookAtPicture, PictureLook, ReadCardFile } from '#ports/card-reader.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { edit, editIfAny, editing } from './changes.ts'
import { readLivingCatalogue } from './read-catalogue.ts'
import type { Undo } from './undo.ts'

/** What became of a card that could be read. */
export type ImportedCard = {
  readonly characterId: CharacterId
  readonly warnings: readonly CardWarning[]
} & (
  | { readonly kind: 'kept' }
  /** A character says the same already; nothing was kept. */
  | { readonly kind: 'known' }
  /** `characterId` has this name and says something else. Nothing was kept yet. */
  | {
      readonly kind: 'namesake'
      readonly name: string
      /** Keeps the card as a character of its own. */
      readonly keepBoth: () => Promise<CharacterId>
      /** Puts the card in the place of the character's; what that was is kept in its history. */
      readonly update: () => Promise<Undo>
    }
)

/** What became of one of the cards in a file. */
export interface ImportedItem {
  readonly fileName: string
  readonly card: Result<ImportedCard, CardError>
}

/** One import of any number of files. Knows the library as it was when it began, and what came since by itself. */
export interface CardImport {
  /**
   * Reads the cards of a file and keeps of each character, picture and original in one write, or nothing. Gives one
   * after the other as they are kept; nearly always there is one.
   */
  importFile(file: Blob, fileName: string): AsyncIterable<ImportedItem>
}

export interface CardImportDependencies {
  readonly storage: StoragePort
  readonly readCardFile: ReadCardFile
  readonly lookAtPicture: LookAtPicture
  readonly now: () => number
  readonly createId: () => string
}

/** Begins an import. */
export async function openCardImport({
  storage,
  readCardFile,
  lookAtPicture,
  now,
  createId,
}: CardImportDependencies): Promise<CardImport> {
  const entries = await readLivingCatalogue(storage)
  const idsByHash = new Map<string, CharacterId[]>()
  for (const { contentHash: hash, id } of entries) addTo(idsByHash, hash, id)
  const idsByName = latestByName(entries)

  return {
    importFile: async function* (file, fileName) {
      for await (const item of readCardFile(file, fileName)) {
        yield { fileName: item.fileName, card: item.card.ok ? ok(await take(item.card.value)) : item.card }
      }
    },
  }

  async function take(card: CardToKeep): Promise<ImportedCard> {
    const { document, warnings } = card
    const hash = contentHash(document)
    const known = await findSame(card, idsByHash.get(hash) ?? [])
    if (known) return { kind: 'known', characterId: known, warnings }
    const { name } = viewCard(document)
    const namesake = idsByName.get(nameKey(name))
    if (namesake) {
      return {
        kind: 'namesake',
        characterId: namesake,
        name,
        warnings,
        keepBoth: () => keep(card, hash),
        update: () => update(namesake, card),
      }
    }
    return { kind: 'kept', characterId: await keep(card, hash), warnings }
  }

  /** The hash only says where to look. */
  async function findSame({ document }: CardToKeep, ids: readonly CharacterId[]): Promise<CharacterId | undefined> {
    for (const id of ids) {
      const other = await storage.get('characters', id)
      // One that is being written at this moment has the same hash, and came with the same files.
      if (!other || jsonEqual(cardMeaning(other.document), cardMeaning(document))) return id
    }
    return undefined
  }

  async function keep(card: CardToKeep, hash: string): Promise<CharacterId> {
    const id = createId() as CharacterId
    // Before anything is waited for: the next file may be the same.
    addTo(idsByHash, hash, id)
    try {
      const { rows, portraitId, originalId, thumbnailId, hue } = await filesOf(card)
      const at = now()
      const character: Character = {
        id,
        document: card.document,
        ...(portraitId && { portraitId }),
        ...(thumbnailId && { thumbnailId }),
        originalId,
        hue: hue ?? 50,
        origin: 'imported',
        createdAt: at,
        updatedAt: at,
      }
      await storage.write([...rows, { type: 'put', table: 'characters', row: character }])
      return id
    } catch (error) {
      idsByHash.set(
        hash,
        (idsByHash.get(hash) ?? []).filter((other) => other !== id),
      )
      throw error
    }
  }

  async function update(id: CharacterId, card: CardToKeep): Promise<Undo> {
    const { rows, portraitId, originalId, thumbnailId, hue } = await filesOf(card)
    const at = now()
    const versionId = createId()
    let before: Character | undefined
    await storage.write([
      ...rows,
      edit('characters', id, (current) => {
        before = current
        // A card that comes without a picture leaves the one there is.
        const { thumbnailId: _before, ...rest } = current
        const pictures = portraitId
          ? { ...rest, portraitId, ...(thumbnailId && { thumbnailId }), hue: hue ?? current.hue }
          : current
        return { ...pictures, document: card.document, originalId, updatedAt: at }
      }),
      editing('cardHistories', id, (history) => ({
        characterId: id,
        versions: [
          ...(history?.versions ?? []),
          ...(before ? [versionOf(before, versionId, at, portraitId !== undefined)] : []),
        ],
      })),
    ])
    return async () => {
      // What was written into the card meanwhile stays.
      if (!before || (await storage.get('characters', id))?.updatedAt !== at) return
      const { document, portraitId: face, thumbnailId: small, originalId: original, hue: colour, updatedAt } = before
      await storage.write([
        edit('characters', id, ({ portraitId: _face, thumbnailId: _small, originalId: _original, ...others }) => ({
          ...others,
          document,
          ...(face && { portraitId: face }),
          ...(small && { thumbnailId: small }),
          ...(original && { originalId: original }),
          hue: colour,
          updatedAt,
        })),
        editIfAny('cardHistories', id, (kept) => ({
          ...kept,
          versions: kept.versions.filter((one) => one.id !== versionId),
        })),
        ...rows.map((change): Change => ({ type: 'delete', table: 'files', key: change.row.id })),
      ])
    }
  }

  /** The files of a card as rows, and how the character names them. */
  async function filesOf({ original, portrait, look }: CardToKeep) {
    const rows: Extract<Change, { type: 'put'; table: 'files' }>[] = []
    const put = (blob: Blob): FileId => {
      const id = createId() as FileId
      rows.push({ type: 'put', table: 'files', row: { id, blob } })
      return id
    }
    const originalId = put(original)
    if (portrait === undefined) return { rows, originalId }
    const picture = portrait === 'original' ? original : portrait
    const portraitId = portrait === 'original' ? originalId : put(portrait)
    const seen: PictureLook = look ?? (await lookAtPicture(picture))
    const thumbnailId = seen.thumbnail ? put(seen.thumbnail) : portraitId
    return { rows, originalId, portraitId, thumbnailId, hue: seen.hue }
  }
}

/** The card that another took the place of; with its picture, where that has another in its place as well. */
function versionOf(before: Character, id: string, createdAt: number, hasNewPicture: boolean): CardVersion {
  return {
    id,
    document: before.document,
    ...(before.portraitId && hasNewPicture && { portraitId: before.portraitId }),
    ...(before.originalId && { originalId: before.originalId }),
    createdAt,
  }
}

/** Of several of a name, the one that was changed last. */
function latestByName(entries: readonly CatalogueEntry[]): ReadonlyMap<string, CharacterId> {
  const latest = new Map<string, CatalogueEntry>()
  for (const entry of entries) {
    const key = nameKey(entry.name)
    const known = latest.get(key)
    if (!known || known.updatedAt < entry.updatedAt) latest.set(key, entry)
  }
  return new Map([...latest].map(([key, { id }]) => [key, id]))
}

function nameKey(name: string): string {
  return name.trim().toLowerCase()
}

function addTo(idsByHash: Map<string, CharacterId[]>, hash: string, id: CharacterId): void {
  const ids = idsByHash.get(hash)
  if (ids) ids.push(id)
  else idsByHash.set(hash, [id])
}
