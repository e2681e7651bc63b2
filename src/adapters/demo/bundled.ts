import type { BundledCard } from './bundled-cards.ts'
import { createDemoFetch } from './demo-fetch.ts'
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

const scenes = import.meta.glob<Scene>('/characters/*/scene.json', { import: 'default' })

/** The script of a character by its name; any other name gets the lines that suit anybody. One small file each. */
export async function loadScene(name: string): Promise<Scene> {
  const character = bundledCharacters.find((bundled) => bundled.name === name)
  const load = character && scenes[`/characters/${character.slug}/scene.json`]
  return load ? load() : (await import('./generic-scene.json')).default
}

/** What the library is filled with on the first visit: all of them, or the one that is named. */
export async function loadBundledCards(only?: string): Promise<readonly BundledCard[]> {
  const { bundledCard } = await import('./bundled-cards.ts')
  const wanted = bundledCharacters.filter(({ slug }) => only === undefined || slug === only)
  return Promise.all(wanted.map(({ slug }) => bundledCard(slug)))
}

/** Kept for the page and not for one fetch: a model is opened anew for each reply. */
const takes = new Map<string, number>()

/** The built-in model with the bundled scenes. `pace` multiplies its waiting: 1 is a human pace, 0 is at once. */
export function createBundledDemoFetch(pace = 1): typeof fetch {
  return createDemoFetch({
    loadScene,
    knownNames: bundledNames,
    takes,
    now: () => Date.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    pace,
  })
}
