import { type BundledCard, bundledCard } from './bundled-cards.ts'
import { type ReadText, readFromPage } from './bundled-text.ts'
import { createDemoFetch } from './demo-fetch.ts'
import genericSceneUrl from './generic-scene.json?url&no-inline'
import type { Scene } from './scene.ts'

/** The characters that come with the app, in the order they are shown. */
export const bundledCharacters = [
  { slug: 'elizabeth-bennet', name: 'Elizabeth Bennet' },
  { slug: 'sherlock-holmes', name: 'Sherlock Holmes' },
  { slug: 'scheherazade', name: 'Scheherazade' },
  { slug: 'count-dracula', name: 'Count Dracula' },
  { slug: 'sun-wukong', name: 'Sun Wukong' },
  { slug: 'jane-eyre', name: 'Jane Eyre' },
  { slug: 'captain-ahab', name: 'Captain Ahab' },
  { slug: 'don-quixote', name: 'Don Quixote' },
  { slug: 'cheshire-cat', name: 'Cheshire Cat' },
] as const satisfies readonly { readonly slug: string; readonly name: string }[]

/** Names that have a script of their own. */
export const bundledNames: readonly string[] = bundledCharacters.map((character) => character.name)

/** The texts of the bundled characters: data that the page asks for when it wants it, and no part of its scripts. */
const sceneUrls = import.meta.glob<string>('/characters/*/scene.json', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
})

/** The script of a character by its name; any other name gets the lines that suit anybody. */
export async function loadScene(name: string, readText: ReadText = readFromPage): Promise<Scene> {
  const character = bundledCharacters.find((bundled) => bundled.name === name)
  const url = character && sceneUrls[`/characters/${character.slug}/scene.json`]
  // Our own file, held to its type by a test.
  return JSON.parse(await readText(url ?? genericSceneUrl)) as Scene
}

/** What the library is filled with on the first visit: all of them, or the one that is named. */
export async function loadBundledCards(
  only?: string,
  readText: ReadText = readFromPage,
): Promise<readonly BundledCard[]> {
  const wanted = bundledCharacters.filter(({ slug }) => only === undefined || slug === only)
  return Promise.all(wanted.map(({ slug }) => bundledCard(slug, readText)))
}

/** Kept for the page and not for one fetch: a model is opened anew for each reply. */
const takes = new Map<string, number>()

/** The built-in model with the bundled scenes. `pace` multiplies its waiting: 1 is a human pace, 0 is at once. */
export function createBundledDemoFetch(pace = 1): typeof fetch {
  return createDemoFetch({
    loadScene: (name) => loadScene(name),
    knownNames: bundledNames,
    takes,
    now: () => Date.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    pace,
  })
}
