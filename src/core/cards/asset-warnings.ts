import type { CardWarning } from './card-warning.ts'
import { type Asset, isEmbedded } from './find-asset.ts'

/** What to tell of the files a card says it comes with: those that are not there, and those found under other names. */
export function assetWarnings(assets: readonly Asset[]): CardWarning[] {
  const list = (some: readonly Asset[]) => some.slice(0, 5).map(({ uri }) => uri.slice(0, 120))
  const missing = assets.filter(({ uri, file }) => isEmbedded(uri) && !file)
  const renamed = assets.filter(({ isRenamed }) => isRenamed)
  return [
    ...(missing.length > 0 ? [{ type: 'missing-assets', count: missing.length, uris: list(missing) } as const] : []),
    ...(renamed.length > 0 ? [{ type: 'renamed-assets', count: renamed.length, uris: list(renamed) } as const] : []),
  ]
}
