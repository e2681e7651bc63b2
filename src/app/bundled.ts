import type { BundledCharacter } from '#engine/library.ts'

/** The characters that ship with the app, ready to be put into a library. */
export async function loadBundled(): Promise<readonly BundledCharacter[]> {
  const { loadBundledCards } = await import('#adapters/demo/bundled.ts')
  const encoder = new TextEncoder()
  return (await loadBundledCards()).map(({ slug, card, portrait, hue }) => ({
    slug,
    card: encoder.encode(card),
    portrait: new Blob([portrait], { type: 'image/svg+xml' }),
    hue,
  }))
}

/** How a bundled character's scene is called and how it opens. */
export async function sceneOf(slug: string): Promise<{ readonly title: string; readonly opening: string } | undefined> {
  const { loadBundledCards } = await import('#adapters/demo/bundled.ts')
  return (await loadBundledCards()).find((one) => one.slug === slug)
}
