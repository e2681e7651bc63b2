import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import { fold } from '#core/search/fold.ts'
import { randomOf } from '#lib/random.ts'
import { type Cast, type CastMember, namesOf } from './cast.ts'
import { hearsWords } from './presence.ts'

/** A scene at the moment somebody is to speak. */
export interface Moment {
  readonly cast: Cast
  /** Oldest first. */
  readonly path: readonly Turn[]
  /** Who is there, by id. */
  readonly present: readonly CharacterId[]
}

/**
 * How it is found who speaks next: whoever is spoken to and else in turn, in turn, by chance and how much each talks, as a
 * model says, or by the reader's hand.
 */
export type Choosing = 'mention' | 'turns' | 'talkativeness' | 'model' | 'hand'

/** How likely a character takes the word where its card does not say; SillyTavern's own. */
const usualTalkativeness = 0.5

/** A short word of a name ("de", "of") stands for nobody. */
const leastWordLength = 3

/**
 * Who may speak next, in the order of the cast: whoever is there and is played by a model, but never who just spoke.
 * Where one was whispered to, only those who heard it, if any of them may.
 */
export function candidatesOf({ cast, path, present }: Moment): CastMember[] {
  const last = path.at(-1)
  const able = cast.characters.filter(({ id }) => present.includes(id) && id !== cast.userPlays)
  const others = able.filter(({ id }) => !(last?.speaker.kind === 'character' && last.speaker.characterId === id))
  const hearers = last ? others.filter(({ id }) => hearsWords(id, last)) : others
  return hearers.length > 0 ? hearers : others
}

/**
 * Who is spoken of in the newest turn, as all who may answer can perceive it: the first whose name stands in what is said,
 * or else in what is done. A word of a name does as well where nobody else has it. Of namesakes it is whose turn it is.
 */
export function nextByMention(moment: Moment): CharacterId | undefined {
  const last = moment.path.at(-1)
  const candidates = candidatesOf(moment)
  if (!last || candidates.length === 0) return undefined
  const { segments } = readTurn(last, moment.cast)
  // What nobody who may answer has heard calls none of them.
  const layers = hearsWordsOf(candidates, last) ? (['speech', 'role_action'] as const) : (['role_action'] as const)
  for (const layer of layers) {
    const text = fold(
      segments
        .filter((segment) => segment.layer === layer)
        .map((segment) => segment.text)
        .join('\n'),
    )
    const mentioned = firstNamed(text, candidates, (card) => [...namesOf(card), ...ownWords(card, moment.cast)])
    if (mentioned.length > 0) return nextOf(mentioned, moment)
  }
  return undefined
}

/** Whoever comes next in the order of the cast after the one who spoke last, round and round. */
export function nextInTurn(moment: Moment): CharacterId | undefined {
  return nextOf(candidatesOf(moment), moment)
}

/** By chance, and by how much the cards say each of them talks. Where none talks at all, in turn. */
export function nextByTalkativeness(moment: Moment, random: () => number): CharacterId | undefined {
  const candidates = candidatesOf(moment)
  const weights = candidates.map(({ card }) => card.talkativeness ?? usualTalkativeness)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum === 0) return nextInTurn(moment)
  let left = random() * sum
  const index = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return (candidates[index] ?? candidates.findLast((_, at) => (weights[at] ?? 0) > 0))?.id
}

/** Whoever is spoken to, else whose turn it is. */
export function nextSpeaker(moment: Moment): CharacterId | undefined {
  return nextByMention(moment) ?? nextInTurn(moment)
}

/**
 * Whoever it is by the way that was chosen for a scene, where no model is asked for it.
 * @param seed the same moment with the same seed has the same next speaker.
 */
export function nextBy(choosing: Choosing, moment: Moment, seed: string): CharacterId | undefined {
  switch (choosing) {
    case 'turns':
      return nextInTurn(moment)
    case 'talkativeness':
      return nextByTalkativeness(moment, () => randomOf(seed))
    case 'mention':
    case 'model':
    case 'hand':
      return nextSpeaker(moment)
  }
}

function hearsWordsOf(candidates: readonly CastMember[], turn: Turn): boolean {
  return candidates.every(({ id }) => hearsWords(id, turn))
}

/** Of several, the one that comes soonest after who spoke last, in the order of the cast. */
function nextOf(candidates: readonly CastMember[], { cast, path }: Moment): CharacterId | undefined {
  const order = cast.characters.map(({ id }) => id)
  const last = path.findLast(({ speaker }) => speaker.kind === 'character' && order.includes(speaker.characterId))
  const from = last?.speaker.kind === 'character' ? order.indexOf(last.speaker.characterId) + 1 : 0
  const round = [...order.slice(from), ...order.slice(0, from)]
  return round.find((id) => candidates.some((candidate) => candidate.id === id))
}

/** Those of whom the earliest name in a text is one. */
function firstNamed(
  text: string,
  candidates: readonly CastMember[],
  wordsOf: (card: CastMember['card']) => readonly string[],
): CastMember[] {
  let first = Number.POSITIVE_INFINITY
  let named: CastMember[] = []
  for (const candidate of candidates) {
    const at = Math.min(...wordsOf(candidate.card).map((name) => placeOfWord(text, fold(name))))
    if (at > first || at === Number.POSITIVE_INFINITY) continue
    named = at < first ? [candidate] : [...named, candidate]
    first = at
  }
  return named
}

/** Where a name stands by itself; infinity where it doesn't. Both are folded. */
export function placeOfWord(text: string, name: string, from = 0): number {
  const at = name === '' ? -1 : text.indexOf(name, from)
  if (at < 0) return Number.POSITIVE_INFINITY
  const isWhole = !goesOn(text.slice(0, at), name) && !goesOn(name, text.slice(at + name.length))
  return isWhole ? at : placeOfWord(text, name, at + 1)
}

/** True where a word goes on from one text into the next. Scripts that write no blanks between words have no such. */
function goesOn(before: string, after: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after) && !unspaced.test(before.slice(-1) + after[0])
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** The words of a character's names that are in no one else's. */
function ownWords(card: CastMember['card'], cast: Cast): string[] {
  const wordsIn = (names: readonly string[]) => names.flatMap((name) => fold(name).match(/[\p{L}\p{N}]+/gu) ?? [])
  const others = new Set([
    ...wordsIn([cast.user.name]),
    ...cast.characters.filter((other) => other.card !== card).flatMap((other) => wordsIn(namesOf(other.card))),
  ])
  return wordsIn(namesOf(card)).filter((word) => word.length >= leastWordLength && !others.has(word))
}
