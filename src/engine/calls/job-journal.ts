import type { JobId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import type { Journal } from '#ports/journal.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The journal of a job of this browser: its records. */
export async function openJobJournal(
  storage: Pick<StoragePort, 'recordsOf' | 'write'>,
  jobId: JobId,
): Promise<Journal> {
  const records = await storage.recordsOf(jobId)
  const known = new Map<string, JsonValue>(records.map(({ key, value }) => [key, value]))
  return {
    get: (key) => known.get(key),
    append: async (key, value) => {
      if (known.has(key)) return
      known.set(key, value)
      try {
        await storage.write([{ type: 'put', table: 'jobRecords', row: { jobId, key, value } }])
      } catch (error) {
        // What is not on disk is not known when the job is begun again, so it is not known now.
        known.delete(key)
        throw error
      }
    },
  }
}
