import type { CardDocument } from '#core/cards/card.ts'
import type { CardFile } from '#core/cards/card-file.ts'
import { type CardHistory, type CardVersion, toVersion } from '#core/cards/card-history.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import type { LookAtPicture } from '#ports/card-reader.ts'
import type { Change, Edit, StoragePort } from '#ports/storage.ts'
import { addVersion } from './add-version.ts'
import { type CardSession, openCardSession } from './card-session.ts'
import { edit, editIfAny } from './changes.ts'
import { type CardExport, createCardExport } from './export-card.ts'
import { createNewChatPreview, type NewChatPreview } from './preview-new-chat.ts'
import { readCardFiles } from './read-card-files.ts'
import type { Undo } from './undo.ts'

/** Where cards are written. What a card was is kept before it becomes something else. */
export interface Studio {
  /** Puts a new card into the library, with nothing in it yet. */
  create(): Promise<CharacterId>
  /** Begins to edit a card, from what the page shows of it. */
  open(character: Character): CardSession
  /** Keeps a card as it stands now, under a name. */
  keepVersion(characterId: CharacterId, document: CardDocument, name: string): Promise<void>
  /** A version without a name is of those that give way to newer ones. */
  renameVersion(characterId: CharacterId, versionId: string, name: string): Promise<void>
  removeVersion(characterId: CharacterId, versionId: string): Promise<Undo>
  /** Puts a version in the place of the card, which becomes a version itself. */
  restore(characterId: CharacterId, versionId: string): Promise<void>
  /** @param source the whole picture that `picture` was cut from, where it was. */
  setPortrait(characterId: CharacterId, picture: Blob, source?: Blob): Promise<void>
  /** Adds a file that goes with the card. */
  addFile(characterId: CharacterId, path: string, file: Blob): Promise<void>
  /** Every file that goes with the card. */
  files(character: Character): Promise<readonly CardFile[]>
  readonly export: CardExport
  readonly previewNewChat: NewChatPreview
}

export interface StudioDependencies {
  readonly storage: StoragePort
  readonly lookAtPicture: LookAtPicture
  /** A picture drawn anew as a PNG; undefined for what the browser can't show. */
  readonly toPng: (picture: Blob) => Promise<Blob | undefined>
  readonly now: () => number
  readonly createId: () => string
}

export function createStudio(dependencies: StudioDependencies): Studio {
  const { storage, lookAtPicture, toPng, now, createId } = dependencies

  return {
    files: (character) => readCardFiles(storage, character),
    export: createCardExport(storage, toPng),
    previewNewChat: createNewChatPreview(storage, now),

    create: async () => {
      const at = now()
      const row: Character = {
        id: createId() as CharacterId,
        document: createCard({ name: '', creationDate: Math.floor(at / 1000) }),
        hue: 50,
        origin: 'authored',
        createdAt: at,
        updatedAt: at,
      }
      await storage.write([{ type: 'put', table: 'characters', row }])
      return row.id
    },

    open: (character) => openCardSession(dependencies, character),

    keepVersion: async (characterId, document, name) => {
      const { character } = await read(characterId)
      const version = { ...toVersion(character, createId(), now()), document, ...(name !== '' && { name }) }
      await storage.write([addVersion(characterId, () => version)])
    },

    renameVersion: (characterId, versionId, name) =>
      changeVersions(characterId, (versions) =>
        versions.map((version) => {
          if (version.id !== versionId) return version
          const { name: _before, ...rest } = version
          return name === '' ? rest : { ...rest, name }
        }),
      ),

    removeVersion: async (characterId, versionId) => {
      let removed: CardVersion | undefined
      await changeVersions(characterId, (versions) => {
        removed = versions.find(({ id }) => id === versionId)
        return versions.filter(({ id }) => id !== versionId)
      })
      return async () => {
        const version = removed
        if (!version) return
        await changeVersions(characterId, (versions) => {
          const later = versions.findIndex(({ createdAt }) => createdAt > version.createdAt)
          return versions.toSpliced(later < 0 ? versions.length : later, 0, version)
        })
      }
    },

    restore: async (characterId, versionId) => {
      const { character, history } = await read(characterId)
      const version = history?.versions.find(({ id }) => id === versionId)
      if (!version) throw new Error(`No version ${versionId} of ${characterId}`)
      const picture = version.portraitId === character.portraitId ? undefined : version.portraitId
      const { rows, ...looks } = picture ? await seen(picture) : { rows: [] }
      await storage.write([
        ...rows,
        ...edited(characterId, (current, at) => ({
          ...current,
          document: version.document,
          ...looks,
          ...(picture && version.hue !== undefined && { hue: version.hue }),
          ...(version.originalId && { originalId: version.originalId }),
          updatedAt: Math.max(at, current.updatedAt + 1),
        })),
      ])
    },

    setPortrait: async (characterId, picture, source) => {
      const portrait = { id: createId() as FileId, blob: picture }
      const whole = source && { id: createId() as FileId, blob: source }
      const { hue, thumbnail } = await lookAtPicture(picture)
      const small = thumbnail && { id: createId() as FileId, blob: thumbnail }
      const { character } = await read(characterId)
      await storage.write([
        ...[portrait, whole, small].flatMap((file): Change[] =>
          file ? [{ type: 'put', table: 'files', row: file }] : [],
        ),
        ...leftBehind(character),
        // The picture that was goes on in the history; without one there is nothing to keep.
        ...edited(
          characterId,
          ({ portraitSourceId: _before, ...rest }, at) => ({
            ...rest,
            portraitId: portrait.id,
            thumbnailId: small?.id ?? portrait.id,
            ...(whole && { portraitSourceId: whole.id }),
            hue,
            updatedAt: Math.max(at, rest.updatedAt + 1),
          }),
          ({ portraitId }) => portraitId !== undefined,
        ),
      ])
    },

    addFile: async (characterId, path, file) => {
      const row = { id: createId() as FileId, blob: file }
      await storage.write([
        { type: 'put', table: 'files', row },
        edit('characters', characterId, (character) => ({
          ...character,
          files: [...(character.files ?? []), { path, fileId: row.id }],
        })),
      ])
    },
  }

  async function read(characterId: CharacterId): Promise<{ character: Character; history: CardHistory | undefined }> {
    const [character, history] = await Promise.all([
      storage.get('characters', characterId),
      storage.get('cardHistories', characterId),
    ])
    if (!character) throw new Error(`No character ${characterId}`)
    return { character, history }
  }

  function changeVersions(
    characterId: CharacterId,
    change: (versions: readonly CardVersion[]) => readonly CardVersion[],
  ): Promise<void> {
    return storage.write([
      editIfAny('cardHistories', characterId, (history) => ({ ...history, versions: change(history.versions) })),
    ])
  }

  /** A character's row, and what its card was as a version of it. */
  function edited(
    characterId: CharacterId,
    change: (character: Character, at: number) => Character,
    isKept: (character: Character) => boolean = () => true,
  ): Edit[] {
    const [versionId, at] = [createId(), now()]
    let version: CardVersion | undefined
    return [
      edit('characters', characterId, (character) => {
        version = isKept(character) ? toVersion(character, versionId, at) : undefined
        return change(character, at)
      }),
      addVersion(characterId, () => version),
    ]
  }

  /** How a picture that is on disk is shown, and what has to be written for it. */
  async function seen(portraitId: FileId) {
    const file = await storage.get('files', portraitId)
    if (!file) return { rows: [] }
    const { hue, thumbnail } = await lookAtPicture(file.blob)
    const small = thumbnail && { id: createId() as FileId, blob: thumbnail }
    const rows: Change[] = small ? [{ type: 'put', table: 'files', row: small }] : []
    return { rows, portraitId, thumbnailId: small?.id ?? portraitId, hue }
  }
}

/** What nobody needs of a portrait that has another in its place: a version is shown with its picture alone. */
function leftBehind({ portraitId, originalId, portraitSourceId, thumbnailId }: Character): Change[] {
  const kept = new Set([portraitId, originalId])
  return [portraitSourceId, thumbnailId].flatMap((key): Change[] =>
    key && !kept.has(key) ? [{ type: 'delete', table: 'files', key }] : [],
  )
}
