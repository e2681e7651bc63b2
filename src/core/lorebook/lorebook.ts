import type { JsonObject } from '#core/cards/card.ts'
import type { Decorators } from './decorators.ts'
import type { LorePlace } from './lore-place.ts'

/** How a lorebook was written down. `card-book` is the book inside a V2 or V3 card. */
export type LorebookFormat = 'card-book' | 'lorebook-v3' | 'world-info' | 'risu' | 'novelai' | 'agnai'

/**
 * A lorebook as its author wrote it, unknown keys and all, and beside it what the app uses. Like a card, what is edited
 * is the tree; the rest is made from it and never stored.
 */
export interface Lorebook {
  readonly format: LorebookFormat
  readonly raw: JsonObject
  readonly name: string
  readonly description: string
  /** How many of the newest messages are searched for keys, where an entry doesn't say. */
  readonly scanDepth?: number
  /** What all entries of this book may take of a prompt. */
  readonly tokenBudget?: number
  /** Whether what one entry says may call others, where the book says. */
  readonly recursive?: boolean
  readonly entries: readonly LoreEntry[]
}

/** How the secondary keys count: at least one is there, not all, none, all. */
export type SecondaryLogic = 'any' | 'not-all' | 'none' | 'all'

/** Texts beside the chat that an entry may ask to be searched. */
export type SearchedField = 'persona' | 'description' | 'personality' | 'scenario' | 'creator-notes'

/** One entry, made fit for use: missing fields have their defaults, wrong types are coerced, decorators are read. */
export interface LoreEntry {
  /** Unique in its book: its place in the list, or its key where the book keeps entries by key. */
  readonly id: string
  /** What to call it: its name, else its comment, else its first keys. */
  readonly title: string
  readonly isEnabled: boolean
  readonly keys: readonly string[]
  readonly secondaryKeys: readonly string[]
  readonly isSelective: boolean
  readonly logic: SecondaryLogic
  readonly usesRegex: boolean
  readonly isCaseSensitive?: boolean
  readonly wholeWords?: boolean
  /** Without its decorator lines. */
  readonly content: string
  readonly decorators: Decorators
  readonly isConstant: boolean
  /** Lower is nearer to the top. */
  readonly order: number
  /** Lower is given up first; what has none is given up by its order. */
  readonly priority?: number
  readonly place: LorePlace
  /** In percent. */
  readonly probability: number
  readonly scanDepth?: number
  /** NovelAI counts what it searches in characters. */
  readonly scanCharacters?: number
  /** Of each group, only one entry enters a prompt. */
  readonly groups: readonly string[]
  readonly winsGroup: boolean
  readonly groupWeight: number
  readonly scoresInGroup?: boolean
  /** Messages it stays for once it fired, can't fire for after that, and must have passed before it may. */
  readonly sticky: number
  readonly cooldown: number
  readonly delay: number
  /** Is not called by other entries. */
  readonly excludesRecursion: boolean
  /** Does not call other entries. */
  readonly preventsRecursion: boolean
  /** Only other entries call it, from this level on; 0 when that is not so. */
  readonly recursionLevel: number
  readonly ignoresBudget: boolean
  /** Kinds of generation it is for; empty means all. */
  readonly triggers: readonly string[]
  readonly characterFilter?: CharacterFilter
  readonly searches: readonly SearchedField[]
  /**
   * The only characters that know this entry: names, ids, or `{{char}}` for the one whose card the book is in. Missing
   * where everyone may know it. From `extensions.her.knownTo`.
   */
  readonly knownTo?: readonly string[]
}

/** Characters an entry is for, or with `isExclude` not for. */
export interface CharacterFilter {
  readonly names: readonly string[]
  readonly tags: readonly string[]
  readonly isExclude: boolean
}
