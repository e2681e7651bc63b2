import { type CardFile, storedFile } from '#core/cards/card-file.ts'
import type { Character } from '#core/cards/character.ts'
import { readCard } from '#core/cards/read-card.ts'
import type { FileId } from '#core/ids.ts'
import type { StoragePort } from '#ports/storage.ts'

/** Every file that goes with a card: those it came with, still packed, and those that were added here. */
export async function readCardFiles(
  storage: StoragePort,
  { originalId, files = [] }: Pick<Character, 'originalId' | 'files'>,
): Promise<readonly CardFile[]> {
  const bytesOf = async (id: FileId | undefined) => {
    const blob = id && (await storage.get('files', id))?.blob
    return blob && new Uint8Array(await blob.arrayBuffer())
  }
  const original = await bytesOf(originalId)
  const read = original && readCard(original)
  const added = await Promise.all(
    files.map(async ({ path, fileId }) => {
      const bytes = await bytesOf(fileId)
      return bytes ? [storedFile(path, bytes)] : []
    }),
  )
  return [...(read?.ok ? read.value.files : []), ...added.flat()]
}
