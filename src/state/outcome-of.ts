import { WrittenElsewhere } from '#engine/written-elsewhere.ts'
import { StorageFailure } from '#ports/storage.ts'
import { noteStorageFailure } from './disk-trouble.ts'

/** What became of something that is to be kept in a chat. Of what was not kept there is nothing. */
export type Outcome = 'kept' | 'not-saved' | 'written-elsewhere'

/** What became of it. What is a mistake of ours stays one. */
export async function outcomeOf(doing: Promise<unknown>): Promise<Outcome> {
  try {
    await doing
    return 'kept'
  } catch (error) {
    if (error instanceof WrittenElsewhere) return 'written-elsewhere'
    noteStorageFailure(error)
    if (error instanceof StorageFailure) return 'not-saved'
    throw error
  }
}
