import type { JsonObject } from '#core/cards/card.ts'
import type { CharacterId, SceneId } from '#core/ids.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import type { BundledCharacter } from '#engine/library.ts'

/** The folder of the character whose scene a fresh page opens on. */
export const firstScene = 'elizabeth-bennet'

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

/**
 * The scenes that ship with the app, as rows that lie in no table.
 * @param characterIds the ids of the bundled characters, by their folders.
 */
export async function loadBundledScenes(characterIds: ReadonlyMap<string, CharacterId>): Promise<readonly KeptScene[]> {
  const [{ bundledScenes }, { readScenes }, { adoptScene }] = await Promise.all([
    import('#adapters/demo/bundled-scenes.ts'),
    import('#core/scene-file/read-scenes.ts'),
    import('#core/scene-file/scene-draft.ts'),
  ])
  return (await bundledScenes()).flatMap(({ slug, text }) => {
    const read = readScenes(text)
    const draft = read.ok ? read.value.scenes[0]?.draft : undefined
    // In our own scenes a character's key is its folder.
    return draft ? [adoptScene(draft, { sceneId: `bundled-${slug}` as SceneId, characterIds, now: 0 })] : []
  })
}

/** How a bundled character's scene is called and how it opens. */
export async function sceneOf(slug: string): Promise<{ readonly title: string; readonly opening: string } | undefined> {
  const { bundledScene } = await import('#adapters/demo/bundled-cards.ts')
  return bundledScene(slug)
}
