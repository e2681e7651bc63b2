import type { ReadText } from './bundled-text.ts'

/** A bundled character as the library takes it. */
export interface BundledCard {
  readonly slug: string
  /** The card file's text, Character Card V3. */
  readonly card: string
  /** SVG. */
  readonly portrait: string
  /** Hue of the portrait in OKLCH degrees. */
  readonly hue: number
  readonly title: string
  /** What the environment says before anybody speaks. */
  readonly opening: string
}

const cardUrls = import.meta.glob<string>('/characters/*/card.json', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
})
const portraitUrls = import.meta.glob<string>('/characters/*/portrait.svg', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
})

/** Repeated from the scenes, which are large and loaded one by one; a test holds the two together. */
const scenesBySlug: Readonly<Record<string, Pick<BundledCard, 'hue' | 'title' | 'opening'>>> = {
  'elizabeth-bennet': {
    hue: 145,
    title: 'Under the Portico',
    opening:
      'Rain drums on the portico at Netherfield. Behind the tall windows the ball goes on without her; Elizabeth Bennet sits on the cold step with one slipper in her hand, and looks up as the door opens.',
  },
  'sherlock-holmes': {
    hue: 258,
    title: 'The Ninth Day of Fog',
    opening:
      'Fog presses yellow against the windows of 221B Baker Street, and the lamps have been lit since noon. Sherlock Holmes lies full length on the sofa in a dressing gown, eyes shut, as a step comes up the stair and stops at the open door.',
  },
  scheherazade: {
    hue: 295,
    title: 'The Two Hundred and Ninth Night',
    opening:
      'The last lamp of the royal apartments burns blue at the wick; beyond the lattice the city sleeps, and the east is not yet grey. Scheherazade kneels among the cushions beside an empty bed, her bracelets laid aside so that they shall not chime, and looks up at whoever has come instead of the king.',
  },
  'count-dracula': {
    hue: 22,
    title: 'The Supper Laid for One',
    opening:
      'Snow ticks at the shutters of a hall in the Carpathians. A table is laid with gold for a single guest; at its far end, beyond the candles, Count Dracula stands with one white hand upon the back of a chair, and smiles as the great door closes by itself.',
  },
  'sun-wukong': {
    hue: 88,
    title: 'Five Hundred Years of Weather',
    opening:
      'At the foot of a mountain shaped like a hand, moss has grown over a seam in the rock, and out of the seam stick a head, one arm and a great deal of opinion. Sun Wukong, the Great Sage, is spitting peach stones at a beetle when a shadow falls across him.',
  },
  'jane-eyre': {
    hue: 178,
    title: 'The Gallery at Night',
    opening:
      'It is past two at Thornfield, and something has fallen overhead. Jane Eyre stands in the long gallery in a shawl, a candle in her hand and her hair down her back, listening; then a board creaks behind her, and she turns with the light.',
  },
  'captain-ahab': {
    hue: 222,
    title: 'The Middle Watch',
    opening:
      'The Pequod runs before a light wind under more stars than sky. At the lee rail Captain Ahab stands with his ivory leg set in its hole in the deck, a chart gone limp with dew in his fist, and does not turn as someone comes up the ladder.',
  },
  'don-quixote': {
    hue: 58,
    title: 'A Vigil at the Inn',
    opening:
      'Moonlight fills the yard of a poor inn on the road through La Mancha, and mules shift in their straw. In the middle of it a very tall, very thin old man in dented armour walks up and down before a horse trough, keeping watch over it with a lance; at the sound of the gate he wheels and bows.',
  },
  'cheshire-cat': {
    hue: 338,
    title: 'Half Past a Tree',
    opening:
      'Four paths meet under a tree in a wood where it is always about teatime. The signpost has been turned to face the ground. On a low bough there is a grin, rather wide, and after some moments the Cheshire Cat arrives around it, feet last.',
  },
}

/** How a bundled character's scene is called and how it opens; undefined where there is no such character. */
export function bundledScene(slug: string): Pick<BundledCard, 'hue' | 'title' | 'opening'> | undefined {
  return scenesBySlug[slug]
}

/** A bundled character's card, picture and scene heading. Throws for a folder that is not there: that is a bug. */
export async function bundledCard(slug: string, readText: ReadText): Promise<BundledCard> {
  const cardUrl = cardUrls[`/characters/${slug}/card.json`]
  const portraitUrl = portraitUrls[`/characters/${slug}/portrait.svg`]
  const scene = scenesBySlug[slug]
  if (!cardUrl || !portraitUrl || !scene) throw new Error(`No bundled character ${slug}`)
  const [card, portrait] = await Promise.all([readText(cardUrl), readText(portraitUrl)])
  return { slug, card, portrait, ...scene }
}
