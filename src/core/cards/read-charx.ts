import { err, ok, type Result } from '#lib/result.ts'
import { type ArchiveCard, readJsonEntry } from './archive-entry.ts'
import { assetWarnings } from './asset-warnings.ts'
import type { Budget } from './budget.ts'
import type { CardError } from './card-error.ts'
import type { CardFile } from './card-file.ts'
import { type CardPicture, checkPicture, pictureIn } from './card-picture.ts'
import type { CardWarning } from './card-warning.ts'
import { findAssets, mainIcon } from './find-asset.ts'
import { cardFromTree } from './read-json-card.ts'

/**
 * Reads a CHARX archive: its `card.json`, its main icon as the picture, and all its other entries as they are, understood
 * or not. `carrier` is the picture the archive is appended to, if any; it is what `ccdefault:` means.
 */
export function readCharx(
  cardEntry: CardFile,
  entries: readonly CardFile[],
  carrier: Uint8Array | undefined,
  budget: Budget,
): Result<ArchiveCard, CardError> {
  const tree = readJsonEntry(cardEntry, budget)
  if (!tree.ok) return tree
  const card = cardFromTree(tree.value)
  if (!card.ok) return err(card.error)
  const folder = cardEntry.path.slice(0, -'card.json'.length)
  const files = entries
    .filter((entry) => entry !== cardEntry)
    .map((entry) =>
      folder && entry.path.startsWith(folder) ? { ...entry, path: entry.path.slice(folder.length) } : entry,
    )
  const assets = findAssets(card.value.document, files)
  const picture = findPicture(mainIcon(assets, carrier !== undefined), carrier, budget)
  return ok({
    document: card.value.document,
    files,
    ...(picture?.ok ? { picture: picture.value } : {}),
    warnings: [
      ...card.value.warnings,
      ...(folder ? [{ type: 'wrapped-folder', folder: folder.slice(0, 120) } as const] : []),
      ...assetWarnings(assets),
      ...(picture && !picture.ok ? [picture.error] : []),
    ],
  })
}

/** The picture of a card that came with files: its icon, or else the picture before the archive. */
function findPicture(
  icon: CardFile | undefined,
  carrier: Uint8Array | undefined,
  budget: Budget,
): Result<CardPicture, CardWarning> | undefined {
  const found = icon && pictureIn(icon, budget)
  if (found?.ok || !carrier) return found
  const behind = checkPicture(carrier)
  return behind.ok ? behind : (found ?? behind)
}
