import { type CatalogueEntry, catalogueEntry, catalogueForm } from '#core/cards/catalogue.ts'
import type { StoragePort } from '#ports/storage.ts'
import { editing } from './changes.ts'

/** Cards in memory at a time while missing entries are made. */
const batchSize = 50

/**
 * The catalogue of the library, the deleted characters too. Entries that are missing or of an older form are made from
 * the cards, and kept.
 */
export async function readCatalogue(storage: StoragePort): Promise<CatalogueEntry[]> {
  const [kept, count] = await Promise.all([storage.list('catalogue'), storage.count('characters')])
  if (kept.length === count && kept.every(({ form }) => form === catalogueForm)) return kept
  const ids = await storage.keys('characters')
  const entries = new Map(kept.filter(({ form }) => form === catalogueForm).map((entry) => [entry.id as string, entry]))
  const missing = ids.filter((id) => !entries.has(id))
  for (let start = 0; start < missing.length; start += batchSize) {
    const characters = await Promise.all(
      missing.slice(start, start + batchSize).map((id) => storage.get('characters', id)),
    )
    const made = characters.flatMap((character) => (character ? [catalogueEntry(character)] : []))
    for (const entry of made) entries.set(entry.id, entry)
    // One that came meanwhile is of a card that was written meanwhile.
    await storage.write(
      made.map((row) => editing('catalogue', row.id, (there) => (there?.form === catalogueForm ? there : row))),
    )
  }
  return ids.flatMap((id) => entries.get(id) ?? [])
}

/** Those who were not deleted. */
export async function readLivingCatalogue(storage: StoragePort): Promise<CatalogueEntry[]> {
  return (await readCatalogue(storage)).filter(({ deletedAt }) => deletedAt === undefined)
}
