import { create } from 'zustand'
import type { CharacterId, ConversationId, LorebookId, SceneId } from '#core/ids.ts'
import type { Undo } from '#engine/undo.ts'

/**
 * What became of a file: kept, put in the place of a card of that name, left alone since the library says the same or
 * since the reader said so, or not readable.
 */
export type ImportStatus = 'imported' | 'updated' | 'known' | 'skipped' | 'failed'

/** What became of one file, or of one of the cards in it. */
export interface ImportOutcome {
  readonly fileName: string
  readonly status: ImportStatus
  readonly characterId?: CharacterId
  /** For the file of a chat. */
  readonly conversationId?: ConversationId
  /** For a scene. */
  readonly sceneId?: SceneId
  /** For the file of a lorebook. */
  readonly lorebookId?: LorebookId
  /** Sentences: what was wrong with the file, or what was mended on the way in. */
  readonly notes: readonly string[]
}

/** What to do with cards that have the name of another in the library, and say something else. */
export type NamesakeChoice = 'update' | 'both' | 'skip'

/** Asked once for all files of an import. */
export interface NamesakeQuestion {
  readonly names: readonly string[]
  readonly answer: (choice: NamesakeChoice) => void
}

export interface ImportProgress {
  readonly done: number
  readonly total: number
  /** What is being read. */
  readonly fileName: string
  /** Reads no further file; what is in stays. */
  readonly cancel: () => void
}

interface ImportRun {
  readonly isReading: boolean
  /** Absent while nothing is read, or only chats. */
  readonly progress: ImportProgress | undefined
  readonly question: NamesakeQuestion | undefined
  /** What the last import did; empty once the reader has seen it. */
  readonly outcomes: readonly ImportOutcome[]
  /** Files that were not read, because the import was called off. */
  readonly unread: number
  /** Takes back the updates of the last import, when there were some. */
  readonly undoUpdates: Undo | undefined
}

const nothing: ImportRun = {
  isReading: false,
  progress: undefined,
  question: undefined,
  outcomes: [],
  unread: 0,
  undoUpdates: undefined,
}

/** The import that is going on, or the report of the last. */
export const useImportRun = create<ImportRun>(() => nothing)

/** The reader has seen the report. */
export function closeImportReport(): void {
  useImportRun.setState(nothing)
}
