import { t } from '#lib/translate.ts'
import { StorageFailure } from '#ports/storage.ts'

/** Why a file could not be imported, as a sentence. */
export function whyNotImported(error: unknown): string {
  if (error instanceof StorageFailure) {
    return t('This browser could not save it. Free some disk space and import it again.')
  }
  // A folder, or a file that was moved away meanwhile.
  if (error instanceof DOMException) {
    return t('The browser could not read this file. Pick the file itself, not a folder.')
  }
  throw error
}
