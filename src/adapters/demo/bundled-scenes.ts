import { type ReadText, readFromPage } from './bundled-text.ts'

/** Scenes that come with the app, in the order they are shown: their files under `characters/scenes`. */
export const bundledSceneSlugs = [
  'the-tart-inquest',
  'snow-at-the-borgo-pass',
  'a-better-listener',
  'the-governess-question',
  'the-gam',
  'what-the-mountain-holds',
  'the-guest-before-dawn',
] as const

const urls = import.meta.glob<string>('/characters/scenes/*.json', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
})

/** Their texts, each in our own scene format. */
export async function bundledScenes(
  readText: ReadText = readFromPage,
): Promise<readonly { readonly slug: string; readonly text: string }[]> {
  return Promise.all(
    bundledSceneSlugs.map(async (slug) => {
      const url = urls[`/characters/scenes/${slug}.json`]
      if (!url) throw new Error(`No bundled scene ${slug}`)
      return { slug, text: await readText(url) }
    }),
  )
}
