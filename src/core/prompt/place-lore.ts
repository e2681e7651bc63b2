import type { ActiveEntry } from '#core/lorebook/active-lore.ts'
import type { SourcedText } from './prompt-message.ts'

/** Lore that stands among the turns. */
export interface PlacedLore {
  /** How many turns stand after it; or, counted from the beginning of the chat, before it. */
  readonly turns: number
  readonly from: 'end' | 'start'
  readonly text: SourcedText
}

/** Lore by where it goes in a HER prompt. */
export interface LorePlaces {
  readonly background: readonly SourcedText[]
  readonly personality: readonly SourcedText[]
  readonly scenario: readonly SourcedText[]
  readonly story: readonly PlacedLore[]
  /** Only where a card asks for it, by lower-case name. */
  readonly outlets: ReadonlyMap<string, string>
}

/** SillyTavern puts its author's note four messages deep where nobody says otherwise; there is no such note here. */
const noteDepth = 4

const roles = ['system', 'user', 'assistant']

/**
 * Finds the place of each entry. HER's prompts have one section for lore, after the profile: what is to stand before
 * or after the character, or around its examples, stands there in that order. What is to stand among the turns does,
 * whatever its role: words of the model's own that it never said would teach it to say such.
 * @param entries in the order they are read.
 */
export function placeLore(entries: readonly ActiveEntry[]): LorePlaces {
  const at = (...kinds: ActiveEntry['place']['kind'][]) =>
    kinds.flatMap((kind) => entries.filter(({ place }) => place.kind === kind).map(toSourced))
  const outlets = new Map<string, string>()
  for (const { place, text } of entries) {
    if (place.kind !== 'outlet') continue
    const name = place.name.toLowerCase()
    const before = outlets.get(name)
    outlets.set(name, before === undefined ? text : `${before}\n${text}`)
  }
  return {
    background: at('before-character', 'after-character', 'examples-top', 'examples-bottom'),
    personality: at('personality'),
    scenario: at('scenario'),
    story: entries
      .flatMap((entry) => storyPlace(entry))
      .sort((one, other) => one.role - other.role)
      .map(({ turns, from, text }) => ({ turns, from, text })),
    outlets,
  }
}

function storyPlace(entry: ActiveEntry): (PlacedLore & { readonly role: number })[] {
  const { place } = entry
  const text = toSourced(entry)
  switch (place.kind) {
    case 'depth':
      return [{ turns: place.depth, from: 'end', text, role: roles.indexOf(place.role) }]
    case 'reverse-depth':
      return [{ turns: place.depth, from: 'start', text, role: roles.indexOf(place.role) }]
    case 'note-top':
    case 'note-bottom':
      return [{ turns: noteDepth, from: 'end', text, role: 0 }]
    default:
      return []
  }
}

function toSourced({ text, bookId, entryId, title }: ActiveEntry): SourcedText {
  return { source: 'lore', text, lore: { bookId, entryId, title } }
}
