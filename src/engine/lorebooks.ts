import type { JsonObject } from '#core/cards/card.ts'
import { type CardVersion, toVersion } from '#core/cards/card-history.ts'
import type { Character } from '#core/cards/character.ts'
import { editField } from '#core/cards/edit-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId, ConversationId, LorebookId, PersonaId } from '#core/ids.ts'
import { editBook, emptyBook } from '#core/lorebook/edit-lorebook.ts'
import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import type { Lorebook } from '#core/lorebook/lorebook.ts'
import type { LorebookWarning } from '#core/lorebook/lorebook-warning.ts'
import {
  type LorebookError,
  readCardBook,
  readLorebook,
  readLorebookTree,
  toCardBook,
  viewKeptBook,
} from '#core/lorebook/read-lorebook.ts'
import { ok, type Result } from '#lib/result.ts'
import type { ReadCardFile } from '#ports/card-reader.ts'
import type { Edit, StoragePort } from '#ports/storage.ts'
import { addVersion } from './add-version.ts'
import { edit, editIfAny } from './changes.ts'
import { undeleted } from './undeleted.ts'
import type { Undo } from './undo.ts'

/** Where a lorebook that can be edited is: in the library, or in a character's card. */
export type BookPlace =
  | { readonly kind: 'kept'; readonly id: LorebookId }
  | { readonly kind: 'card'; readonly characterId: CharacterId }

/** What a lorebook can be part of. */
export type LoreTarget =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'character'; readonly id: CharacterId }
  | { readonly kind: 'chat'; readonly id: ConversationId }
  | { readonly kind: 'persona'; readonly id: PersonaId }

export interface ImportedLorebook {
  readonly lorebookId: LorebookId
  readonly warnings: readonly LorebookWarning[]
}

/** The lorebooks of the library, and those in its cards. */
export interface Lorebooks {
  create(name: string): Promise<LorebookId>
  /** Reads a lorebook from its file and keeps it; of a card, the book in it. */
  importFile(file: Blob, fileName: string): Promise<Result<ImportedLorebook, LorebookError>>
  /**
   * Puts what `change` makes of the book's tree in its place. One after the other, each from what the one before left, so
   * that none is lost. A card that has no book gets one.
   */
  edit(place: BookPlace, change: (book: Lorebook) => JsonObject): Promise<void>
  rename(id: LorebookId, name: string): Promise<void>
  remove(id: LorebookId): Promise<Undo>
  attach(id: LorebookId, target: LoreTarget, isAttached: boolean): Promise<void>
  /** Copies the book in a card into the library; the card keeps its own. Gives nothing where it has none. */
  copyFromCard(characterId: CharacterId): Promise<LorebookId | undefined>
}

export interface LorebooksDependencies {
  readonly storage: StoragePort
  readonly readCardFile: ReadCardFile
  readonly now: () => number
  readonly createId: () => string
}

/** Edits of a card's book with no more time between them are one stretch of work, of which one version is kept. */
const stretchMs = 600_000

export function createLorebooks({ storage, readCardFile, now, createId }: LorebooksDependencies): Lorebooks {
  let lastEdit: Promise<unknown> = Promise.resolve()
  /** When the book of a card was last written here. */
  const writtenAt = new Map<CharacterId, number>()

  return {
    create: async (name) => keep(emptyBook(name), name),

    importFile: async (file, fileName) => {
      const read = readLorebook(new Uint8Array(await file.arrayBuffer()))
      const ofCard = read.ok ? read : await bookOfCard(file, fileName)
      // What is wrong with the file as a lorebook says more than that it is no card either.
      const found = ofCard ?? read
      if (!found.ok) return found
      const { book, warnings } = found.value
      return ok({ lorebookId: await keep(editableTree(book), book.name.trim() || nameOf(fileName)), warnings })
    },

    edit: (place, make) =>
      oneByOne(() => (place.kind === 'kept' ? editKept(place.id, make) : editCardBook(place.characterId, make))),

    rename: (id, name) =>
      oneByOne(() =>
        change(id, (row) => ({ ...row, name, raw: editBook(viewKeptBook(row.raw), { name }), updatedAt: now() })),
      ),

    remove: async (id) => {
      await change(id, (row) => ({ ...row, deletedAt: now() }))
      return () => storage.write([editIfAny('lorebooks', id, undeleted)])
    },

    attach: (id, target, isAttached) => oneByOne(() => storage.write([attachment(id, target, isAttached)])),

    copyFromCard: async (characterId) => {
      const character = await storage.get('characters', characterId)
      const book = character && readCardBook(character.document)
      if (!book) return undefined
      return keep(book.raw, book.name.trim() || viewCard(character.document).name)
    },
  }

  /** The book inside a card of any format: pictures and archives have one as well. */
  async function bookOfCard(file: Blob, fileName: string) {
    for await (const { card } of readCardFile(file, fileName)) {
      if (card.ok && readCardBook(card.value.document)) return readLorebookTree(card.value.document.raw)
    }
    return undefined
  }

  /** After every change that was asked for before, whether or not that one could be saved. */
  function oneByOne<Value>(work: () => Promise<Value>): Promise<Value> {
    const edit = lastEdit.then(work, work)
    lastEdit = edit
    return edit
  }

  async function keep(raw: JsonObject, name: string): Promise<LorebookId> {
    const id = createId() as LorebookId
    const at = now()
    const row: KeptLorebook = { id, name, raw, isEverywhere: false, createdAt: at, updatedAt: at }
    await storage.write([{ type: 'put', table: 'lorebooks', row }])
    return id
  }

  function editKept(id: LorebookId, make: (book: Lorebook) => JsonObject): Promise<void> {
    return change(id, (row) => {
      const book = viewKeptBook(row.raw)
      const raw = make(book)
      return raw === book.raw ? row : { ...row, raw, updatedAt: now() }
    })
  }

  async function editCardBook(characterId: CharacterId, make: (book: Lorebook) => JsonObject): Promise<void> {
    const versionId = createId()
    let updatedAt: number | undefined
    let version: CardVersion | undefined
    await storage.write([
      edit('characters', characterId, (character) => {
        const there = readCardBook(character.document)
        const raw = make(there ?? viewKeptBook(emptyBook('')))
        updatedAt = undefined
        version = undefined
        if (raw === there?.raw) return character
        if (!isOfStretch(character)) version = toVersion(character, versionId, now())
        updatedAt = Math.max(now(), character.updatedAt + 1)
        return { ...character, document: editField(character.document, 'character_book', raw), updatedAt }
      }),
      addVersion(characterId, () => version),
    ])
    if (updatedAt !== undefined) writtenAt.set(characterId, updatedAt)
  }

  /** The first edit of a stretch keeps what the card was, as does one after somebody else wrote. */
  function isOfStretch({ id, updatedAt }: Character): boolean {
    const last = writtenAt.get(id)
    return last === updatedAt && now() - last < stretchMs
  }

  function attachment(id: LorebookId, target: LoreTarget, isAttached: boolean): Edit {
    switch (target.kind) {
      case 'everywhere':
        return edit('lorebooks', id, (row) => ({ ...row, isEverywhere: isAttached }))
      case 'character':
        return editIfAny('characters', target.id, (row) => withLorebook(row, id, isAttached))
      case 'chat':
        return editIfAny('conversations', target.id, (row) => withLorebook(row, id, isAttached))
      case 'persona':
        return editIfAny('personas', target.id, (row) => withLorebook(row, id, isAttached))
    }
  }

  function change(id: LorebookId, make: (row: KeptLorebook) => KeptLorebook): Promise<void> {
    return storage.write([edit('lorebooks', id, make)])
  }
}

/** A row with a lorebook more, or without it. */
function withLorebook<Row extends { readonly lorebookIds?: readonly LorebookId[] }>(
  { lorebookIds = [], ...row }: Row,
  id: LorebookId,
  isAttached: boolean,
): Omit<Row, 'lorebookIds'> & { readonly lorebookIds?: readonly LorebookId[] } {
  const others = lorebookIds.filter((other) => other !== id)
  const ids = isAttached ? [...others, id] : others
  return ids.length > 0 ? { ...row, lorebookIds: ids } : row
}

/** Other programs' own formats have no place for much that can be edited here: they become a card's book, with all that was in them. */
function editableTree({ raw, format }: Lorebook): JsonObject {
  return format === 'world-info' || format === 'lorebook-v3' ? raw : toCardBook(raw, format)
}

function nameOf(fileName: string): string {
  const base = fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]{1,9}$/, '')
  return base.trim().slice(0, 100) || 'Unnamed'
}
