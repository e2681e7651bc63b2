import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import type { LorebookId } from '#core/ids.ts'
import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import type { Lorebook } from '#core/lorebook/lorebook.ts'
import { readCardBook, viewKeptBook } from '#core/lorebook/read-lorebook.ts'
import type { BookPlace } from '#engine/lorebooks.ts'
import { useCharacter } from './characters.ts'
import { useServices } from './services.tsx'

export type { BookPlace, LoreTarget } from '#engine/lorebooks.ts'

/** The lorebooks that are not deleted, by name. */
export function useLorebooks(): readonly KeptLorebook[] | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['lorebooks'],
    queryFn: () => storage.list('lorebooks'),
    select: byName,
    // Large trees, and the storage gives the same row while it is the same.
    structuralSharing: false,
  }).data
}

function byName(lorebooks: readonly KeptLorebook[]): readonly KeptLorebook[] {
  return lorebooks
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((one, other) => one.name.localeCompare(other.name) || one.createdAt - other.createdAt)
}

/** A book that can be edited, wherever it is. */
export interface OpenBook {
  readonly place: BookPlace
  /** What it is called on screen. */
  readonly name: string
  readonly book: Lorebook
  /** The row of a book of the library. */
  readonly kept?: KeptLorebook
  /** The character whose card it is in. */
  readonly owner?: Character
}

/** A book of the library; null when there is none of that id, undefined while it is read. */
export function useKeptBook(id: LorebookId): OpenBook | null | undefined {
  const lorebooks = useLorebooks()
  const kept = lorebooks && (lorebooks.find((one) => one.id === id) ?? null)
  const place = useMemo(() => ({ kind: 'kept', id }) as const, [id])
  return useMemo(() => kept && { place, name: kept.name, book: viewKeptBook(kept.raw), kept }, [kept, place])
}

/** The book in a character's card; null when there is no such character or its card has none. */
export function useCardBook(id: Character['id']): OpenBook | null | undefined {
  const character = useCharacter(id)
  const place = useMemo(() => ({ kind: 'card', characterId: id }) as const, [id])
  return useMemo(() => {
    if (!character) return character
    const book = character.deletedAt === undefined ? readCardBook(character.document) : undefined
    if (!book) return null
    return { place, name: book.name, book, owner: character }
  }, [character, place])
}

/** What books are attached to: rows that name the id. */
export function isAttached(
  row: Pick<Character | Conversation | Persona, 'lorebookIds'> | null | undefined,
  id: LorebookId,
): boolean {
  return row?.lorebookIds?.includes(id) ?? false
}
