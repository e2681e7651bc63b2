import { useMemo } from 'react'
import type { JsonObject } from '#core/cards/card.ts'
import type { EntryEdit } from '#core/lorebook/edit-entry.ts'
import {
  addEntry,
  type BookEdit,
  editBook,
  editBookEntry,
  removeEntry,
  restoreEntry,
} from '#core/lorebook/edit-lorebook.ts'
import type { Lorebook } from '#core/lorebook/lorebook.ts'
import type { BookPlace } from '#engine/lorebooks.ts'
import { useServices } from './services.tsx'

/** What can be done to a book. Everything is on disk when it resolves. */
export interface BookEdits {
  readonly changeBook: (edit: BookEdit) => Promise<void>
  readonly changeEntry: (entryId: string, edit: EntryEdit) => Promise<void>
  /** Adds an entry, a new one or a copy of another, and gives its id. */
  readonly addEntry: (copiedId?: string) => Promise<string>
  readonly removeEntry: (entryId: string) => Promise<void>
  readonly restoreEntry: (entryId: string, entry: JsonObject) => Promise<void>
  /** Puts a whole tree in its place. */
  readonly replace: (raw: JsonObject) => Promise<void>
}

/** The edits of one book, wherever it is. */
export function useBookEdits(place: BookPlace): BookEdits {
  const { lorebooks } = useServices()
  return useMemo(() => {
    const edit = async (change: (book: Lorebook) => JsonObject) => (await lorebooks()).edit(place, change)
    return {
      changeBook: async ({ name, ...others }) => {
        // The library has its own word for what it calls a book.
        if (name !== undefined && place.kind === 'kept') await (await lorebooks()).rename(place.id, name)
        const rest = name === undefined || place.kind === 'kept' ? others : { name, ...others }
        if (Object.keys(rest).length > 0) await edit((book) => editBook(book, rest))
      },
      changeEntry: (entryId, entryEdit) => edit((book) => editBookEntry(book, entryId, entryEdit)),
      addEntry: async (copiedId) => {
        let id = ''
        await edit((book) => {
          const { raw, entryId } = addEntry(book, copiedId)
          id = entryId
          return raw
        })
        return id
      },
      removeEntry: (entryId) => edit((book) => removeEntry(book, entryId)),
      restoreEntry: (entryId, entry) => edit((book) => restoreEntry(book, entryId, entry)),
      replace: (raw) => edit(() => raw),
    }
  }, [lorebooks, place])
}
