import type { ConversationId, SceneId } from '#core/ids.ts'
import type { TrainingChoice } from '#core/training/rows-of.ts'
import type { StoragePort } from '#ports/storage.ts'
import { exportTraining, type TrainingExport } from './export-training.ts'
import { librarySources } from './library-sources.ts'

/** Which chats and scenes of the library. */
export interface TrainingSelection {
  readonly conversations: readonly ConversationId[]
  readonly scenes: readonly SceneId[]
}

/** What was played and written here, as rows to train on. */
export interface Training {
  /** Begins an export; nothing is read before its first line is asked for. */
  begin(selection: TrainingSelection, choice: TrainingChoice): TrainingExport
  /** Lines as a file; never the whole text is in memory. */
  pack(lines: AsyncIterable<string>): Promise<Blob>
}

export interface TrainingDependencies {
  readonly storage: StoragePort
  readonly packLines: (lines: AsyncIterable<string>) => Promise<Blob>
  readonly breathe: () => Promise<void>
}

export function createTraining({ storage, packLines, breathe }: TrainingDependencies): Training {
  return {
    begin: ({ conversations, scenes }, choice) => {
      // They are few, and asked for once.
      const all = choice.shape === 'preference' ? storage.list('preferences') : Promise.resolve([])
      const preferencesOf = async (id: ConversationId) =>
        (await all).filter(({ conversationId }) => conversationId === id)
      return exportTraining({ sources: librarySources(storage, conversations, scenes, preferencesOf), choice, breathe })
    },
    pack: packLines,
  }
}
