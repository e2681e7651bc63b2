import type { ImportOutcome } from './import-run.ts'
import type { Services } from './services.tsx'
import { whyNotImported } from './why-not-imported.ts'

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
    if (!result.ok) return { fileName, status: 'failed', notes: [describeLorebookError(result.error)] }
    const { lorebookId, warnings } = result.value
    return { fileName, status: 'imported', lorebookId, notes: warnings.map(describeLorebookWarning) }
  } catch (error) {
    return { fileName, status: 'failed', notes: [whyNotImported(error)] }
  }
}
