import { StorageFailure } from '#ports/storage.ts'
import type { ImportOutcome } from './import-outcome.ts'
import type { Services } from './services.tsx'

/** Imports one lorebook file, and says in sentences what was wrong or was mended. */
export async function importLorebook(lorebooks: Services['lorebooks'], file: File): Promise<ImportOutcome> {
  const fileName = file.name
  try {
    const [service, { describeLorebookError }, { describeLorebookWarning }] = await Promise.all([
      lorebooks(),
      import('#core/lorebook/read-lorebook.ts'),
      import('#core/lorebook/lorebook-warning.ts'),
    ])
    const result = await service.importFile(file, fileName)
    if (!result.ok) return { fileName, notes: [describeLorebookError(result.error)] }
    const { lorebookId, warnings } = result.value
    return { fileName, lorebookId, notes: warnings.map(describeLorebookWarning) }
  } catch (error) {
    if (error instanceof StorageFailure) {
      return { fileName, notes: ['This browser could not save it. Free some disk space and import it again.'] }
    }
    // A folder, or a file that was moved away meanwhile.
    if (error instanceof DOMException) {
      return { fileName, notes: ['The browser could not read this file. Pick the file itself, not a folder.'] }
    }
    throw error
  }
}
