import type { JsonObject } from '#core/cards/card.ts'
import type { BundledCharacter } from '#engine/library.ts'

/** The characters that ship with the app (or the one that is named), ready to be put into a library. */
export async function loadBundled(only?: string): Promise<readonly BundledCharacter[]> {
  const { loadBundledCards } = await import('#adapters/demo/bundled.ts')
  return (await loadBundledCards(only)).map(({ slug, card, portrait, hue }) => ({
    slug,
    // Our own cards, which a test reads as any other file; the reader of foreign ones need not be loaded for them.
    document: { spec: 'v3', raw: JSON.parse(card) as JsonObject },
    portrait: new Blob([portrait], { type: 'image/svg+xml' }),
    hue,
  }))
}

/** How a bundled character's scene is called and how it opens. */
export async function sceneOf(slug: string): Promise<{ readonly title: string; readonly opening: string } | undefined> {
  const { bundledScene } = await import('#adapters/demo/bundled-cards.ts')
  return bundledScene(slug)
}
