import {
  type EntryEdit,
  isWritablePlace,
  type WritablePlace,
  writtenContent,
  writtenTitle,
} from '#core/lorebook/edit-entry.ts'
import { entryTree } from '#core/lorebook/edit-lorebook.ts'
import type { Lorebook, LoreEntry } from '#core/lorebook/lorebook.ts'

/** What the form of an entry shows: every field of an edit. */
export type EntryValues = {
  readonly [Field in keyof EntryEdit]-?: Exclude<EntryEdit[Field], undefined> | Optional<Field>
}

type Optional<Field> = Field extends 'isCaseSensitive' | 'wholeWords' | 'scanDepth' | 'knownTo' | 'logic'
  ? undefined
  : never

/** An entry as it is, with what was changed in the form and may not be saved yet. */
export function valuesOf(book: Lorebook, entry: LoreEntry, draft: EntryEdit): EntryValues {
  const tree = entryTree(book, entry.id) ?? {}
  const place: WritablePlace = isWritablePlace(entry.place) ? entry.place : { kind: 'after-character' }
  return {
    ...entry,
    isCaseSensitive: entry.isCaseSensitive,
    wholeWords: entry.wholeWords,
    scanDepth: entry.scanDepth,
    knownTo: entry.knownTo,
    logic: entry.isSelective ? entry.logic : undefined,
    title: writtenTitle(tree),
    content: writtenContent(tree),
    place,
    ...draft,
  } as EntryValues
}
