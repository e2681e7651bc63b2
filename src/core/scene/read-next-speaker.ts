import type { CharacterId } from '#core/ids.ts'
import { fold } from '#core/search/fold.ts'
import { type CastMember, environmentName, namesOf } from './cast.ts'
import { readChoiceLine } from './choice-line.ts'
import { placeOfWord } from './next-speaker.ts'

/** Who is to speak next, as a model chose: one of those it was given, the environment, or nobody since it is over. */
export type Choice =
  | { readonly kind: 'character'; readonly characterId: CharacterId }
  | { readonly kind: 'environment' }
  | { readonly kind: 'end' }

/** What the model is told to write when a scene is over. */
export const endOfScene = 'End of scene'

const ends = ['<end chat>', 'end chat', 'end of scene', 'end of the scene', 'end scene', 'scene ends', 'the end', 'end']
const narrators = [environmentName, 'Narrator', 'Narration'].map(fold)

/** The candidates as they are called in the question: namesakes are told apart by a number. */
export function labelsOf(candidates: readonly CastMember[]): { label: string; candidate: CastMember }[] {
  return candidates.map((candidate, index) => {
    const [name = ''] = namesOf(candidate.card)
    const isSame = (other: CastMember) => fold(namesOf(other.card)[0] ?? '') === fold(name)
    const number = candidates.slice(0, index + 1).filter(isSame).length
    return { label: candidates.filter(isSame).length > 1 ? `${name} (${number})` : name, candidate }
  })
}

/**
 * Reads a model's answer to who is to speak next. What it thought about it is left out, and so are the marks of markdown.
 * Told apart, in this order: the last line that begins with `Next speaker:`; an answer that is a name and nothing else;
 * the name that stands last in it. Undefined for anything else, and for whoever may not speak.
 */
export function readNextSpeaker(answer: string, candidates: readonly CastMember[]): Choice | undefined {
  const { marked, whole } = readChoiceLine(answer)
  const told = marked ?? whole
  return exactly(told, candidates) ?? lastIn(told, candidates)
}

function exactly(text: string, candidates: readonly CastMember[]): Choice | undefined {
  if (ends.includes(text) || ends.includes(`<${text}>`)) return { kind: 'end' }
  if (narrators.includes(text)) return { kind: 'environment' }
  const labelled = labelsOf(candidates).find(({ label }) => fold(label) === text)
  const named = labelled?.candidate ?? candidates.find(({ card }) => namesOf(card).some((name) => fold(name) === text))
  return named && { kind: 'character', characterId: named.id }
}

/** The choice that is named last in a text: what comes before it is why. */
function lastIn(text: string, candidates: readonly CastMember[]): Choice | undefined {
  const found: { at: number; length: number; choice: Choice }[] = []
  const look = (names: readonly string[], choice: Choice) => {
    for (const name of names) {
      const at = lastPlaceOfWord(text, name)
      if (at >= 0) found.push({ at: at + name.length, length: name.length, choice })
    }
  }
  look(
    ends.filter((end) => end.includes(' ')),
    { kind: 'end' },
  )
  look(narrators, { kind: 'environment' })
  for (const { label, candidate } of labelsOf(candidates)) {
    const { id: characterId, card } = candidate
    look([label, ...namesOf(card)].map(fold), { kind: 'character', characterId })
  }
  return found.sort((one, other) => other.at - one.at || other.length - one.length)[0]?.choice
}

function lastPlaceOfWord(text: string, name: string): number {
  let last = -1
  for (let at = placeOfWord(text, name); at !== Number.POSITIVE_INFINITY; at = placeOfWord(text, name, at + 1))
    last = at
  return last
}
