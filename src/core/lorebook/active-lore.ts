import type { CharacterId } from '#core/ids.ts'
import type { LoreExplanation } from './explain.ts'
import { isKnown, type KnownLore, type PlacedEntry, readerOf } from './known-lore.ts'
import type { LorePlace } from './lore-place.ts'
import type { LoreMemory } from './timed-effects.ts'

/** An entry as it enters the prompt. */
export interface ActiveEntry {
  readonly bookId: string
  readonly entryId: string
  readonly title: string
  readonly place: LorePlace
  readonly text: string
  readonly tokens: number
}

/** Lore for one character's turn. Private to this file, and made from nothing but what that character knows. */
class Active {
  readonly #reader: CharacterId
  /** In the order they are read: by order, lower first. The budget was kept. */
  readonly entries: readonly ActiveEntry[]
  /** Of every entry of every book, in their order there, what became of it and why. */
  readonly explanations: readonly LoreExplanation[]
  /** What the next reply should know of this one. */
  readonly memory: LoreMemory

  constructor(known: KnownLore, used: readonly UsedEntry[], explanations: LoreExplanation[], memory: LoreMemory) {
    this.#reader = readerOf(known)
    this.entries = used.map(({ placed, text, tokens }) => {
      if (!isKnown(placed, known)) throw new Error(`"${placed.entry.title}" is not known to ${this.#reader}`)
      const { book, entry } = placed
      return { bookId: book.id, entryId: entry.id, title: entry.title, place: entry.place, text, tokens }
    })
    this.explanations = explanations
    this.memory = memory
  }

  static isFor(lore: Active, reader: CharacterId): boolean {
    return #reader in lore && lore.#reader === reader
  }
}

export type ActiveLore = Active

interface UsedEntry {
  readonly placed: PlacedEntry
  readonly text: string
  readonly tokens: number
}

/** Throws when an entry is not among what is known. */
export function createActiveLore(...parts: ConstructorParameters<typeof Active>): ActiveLore {
  return new Active(...parts)
}

/** True when this lore was made for this character: checked again where prompts are built. */
export function isLoreFor(lore: ActiveLore, reader: CharacterId): boolean {
  return Active.isFor(lore, reader)
}
