import { err, type Result } from '#lib/result.ts'
import { type ArchiveCard, readJsonEntry } from './archive-entry.ts'
import type { Budget } from './budget.ts'
import type { CardError } from './card-error.ts'
import type { CardFile } from './card-file.ts'
import type { CardWarning } from './card-warning.ts'
import { isList, isObject, own } from './json-tree.ts'
import { readByaf } from './read-byaf.ts'
import { readCharx } from './read-charx.ts'
import { scanZip, type ZipScan } from './read-zip.ts'

/** What a zip archive holds. */
export type Archive =
  | { readonly kind: 'charx' | 'byaf'; readonly card: Result<ArchiveCard, CardError> }
  /** Card files side by side, by their names. */
  | { readonly kind: 'batch'; readonly files: readonly CardFile[]; readonly warnings: readonly CardWarning[] }
  | { readonly kind: 'refused'; readonly error: CardError }

const cardEndings = /\.(?:png|apng|webp|jpe?g|json|ya?ml|charx|byaf)$/i

/** Reads a zip archive, alone or behind a picture: CHARX by its `card.json`, BYAF by its manifest, else several cards. */
export function readArchive(bytes: Uint8Array, budget: Budget): Archive {
  const scan = scanZip(bytes)
  if (!scan.ok) return { kind: 'refused', error: { type: 'bad-archive', problem: scan.error } }
  const files = scan.value.files.filter(({ path }) => !isLitter(path))
  const card = shallowest(files, 'card.json')
  const picture = scan.value.start > 0 ? bytes.subarray(0, scan.value.start) : undefined
  if (card) {
    return { kind: 'charx', card: withWarnings(readCharx(card, files, picture, budget), scanWarnings(scan.value)) }
  }
  const manifest = shallowest(files, 'manifest.json')
  const tree = manifest && readJsonEntry(manifest, budget)
  if (manifest && tree?.ok && isObject(tree.value.value) && isList(own(tree.value.value, 'characters'))) {
    const byaf = readByaf(tree.value.value, manifest, files, budget)
    return { kind: 'byaf', card: withWarnings(byaf, scanWarnings(scan.value)) }
  }
  const cards = files.filter(({ path }) => cardEndings.test(path))
  return cards.length > 0
    ? { kind: 'batch', files: cards, warnings: scanWarnings(scan.value) }
    : { kind: 'refused', error: { type: 'unsupported-format', format: 'zip' } }
}

/** What systems put into archives for themselves. */
export function isLitter(path: string): boolean {
  return path.startsWith('__MACOSX/') || /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/i.test(path)
}

/** The file of this name nearest to the root: some archives wrap all they have in a folder. */
function shallowest(files: readonly CardFile[], name: string): CardFile | undefined {
  const depth = ({ path }: CardFile) => path.split('/').length
  const found = files.filter(({ path }) => path === name || path.endsWith(`/${name}`))
  return found.sort((left, right) => depth(left) - depth(right))[0]
}

function scanWarnings({ unsafeNames, repeatedNames }: ZipScan): CardWarning[] {
  return [
    ...(unsafeNames.length > 0 ? [{ type: 'unsafe-names', names: firstFew(unsafeNames) } as const] : []),
    ...(repeatedNames.length > 0 ? [{ type: 'repeated-names', names: firstFew(repeatedNames) } as const] : []),
  ]
}

function firstFew(names: readonly string[]): string[] {
  return names.slice(0, 5).map((name) => name.slice(0, 120))
}

function withWarnings(
  card: Result<ArchiveCard, CardError>,
  warnings: readonly CardWarning[],
): Result<ArchiveCard, CardError> {
  if (!card.ok) return err(card.error)
  return { ok: true, value: { ...card.value, warnings: [...card.value.warnings, ...warnings] } }
}
