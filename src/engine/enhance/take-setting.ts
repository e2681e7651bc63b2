import type { CardDocument } from '#core/cards/card.ts'
import { type CardVersion, toVersion } from '#core/cards/card-history.ts'
import { isSameCard } from '#core/cards/same-card.ts'
import type { CharacterId } from '#core/ids.ts'
import type { StoragePort } from '#ports/storage.ts'
import { addVersion } from '../add-version.ts'
import { edit } from '../changes.ts'
import type { Undo } from '../undo.ts'

interface Dependencies {
  readonly storage: Pick<StoragePort, 'get' | 'write'>
  readonly createId: () => string
  readonly now: () => number
}

/**
 * Changes a card as it is now, in one write with what it was as a version of it. Gives the way back, by which what stands
 * there then becomes a version too; nothing where the card is gone, or is that already.
 */
export async function takeSetting(
  characterId: CharacterId,
  change: (document: CardDocument) => CardDocument,
  dependencies: Dependencies,
): Promise<Undo | undefined> {
  const { storage } = dependencies
  const row = await storage.get('characters', characterId)
  if (!row || row.deletedAt !== undefined || isSameCard(change(row.document), row.document)) return undefined
  let before = row.document
  await put((document) => {
    before = document
    return change(document)
  })
  return () => put(() => before)

  async function put(changed: (document: CardDocument) => CardDocument): Promise<void> {
    const [versionId, at] = [dependencies.createId(), dependencies.now()]
    let version: CardVersion | undefined
    await storage.write([
      edit('characters', characterId, (character) => {
        version = toVersion(character, versionId, at)
        const document = changed(character.document)
        return { ...character, document, updatedAt: Math.max(at, character.updatedAt + 1) }
      }),
      addVersion(characterId, () => version),
    ])
  }
}
